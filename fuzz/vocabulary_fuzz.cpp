// SentencePiece models, and text through whatever was accepted.
#include <cstdint>

#include "mt/vocabulary.h"

using kabar::mt::Vocabulary;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const auto vocabulary = Vocabulary::parse_spm(std::string(reinterpret_cast<const char*>(data), size), "fuzz");
  if (!vocabulary) return 0;
  for (const char* text : {"", "  Hello,  wórld ﬁ 😀\u0301 中文", "__a__ 12 \xFF\xC3"}) {
    std::vector<int32_t> ids;
    for (const auto& piece : vocabulary->encode(text)) ids.push_back(piece.id);
    (void)vocabulary->decode(ids);
  }
  return 0;
}
