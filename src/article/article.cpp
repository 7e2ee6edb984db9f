#include "article/article.h"

namespace kabar {

const std::string& Article::title() const {
  static const std::string kNone;
  for (const Block& block : blocks) {
    if (block.type == BlockType::headline) return block.text;
  }
  return kNone;
}

}  // namespace kabar
