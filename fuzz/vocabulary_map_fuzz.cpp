// YAML and JSON maps and plain lists.
#include <cstdint>

#include "mt/vocabulary.h"

using kabar::mt::Vocabulary;

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const auto& vocabulary : {Vocabulary::parse_yaml(text, "fuzz"), Vocabulary::parse_list(text, "fuzz")}) {
    if (!vocabulary) continue;
    std::vector<int32_t> ids;
    for (const auto& piece : vocabulary->encode("a b </s> x")) ids.push_back(piece.id);
    (void)vocabulary->decode(ids);
  }
  return 0;
}
