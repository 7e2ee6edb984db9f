// The tokenisers of BLEU, as sacreBLEU defines them: a score without them cannot be compared.
#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace kabar::train {

// Thread-safe.
class BleuTokenizer {
 public:
  virtual ~BleuTokenizer() = default;
  virtual std::vector<std::string> tokens(std::string_view text) const = 0;
  virtual std::string name() const = 0;  // as in a signature: "13a", "zh", "ja-mecab", "char"
};

// "zh" for Chinese, "ja-mecab" for Japanese (with MeCab's IPADIC; "char" where it is not installed), else "13a".
std::unique_ptr<BleuTokenizer> bleu_tokenizer(Language language);

}  // namespace kabar::train
