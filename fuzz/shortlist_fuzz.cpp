// Shortlists in both formats. The binary one gets a right checksum, so that what it guards is reached.
#include <cstdint>
#include <cstring>

#include "mt/shortlist.h"

using kabar::mt::Shortlist;
using kabar::mt::Vocabulary;

namespace {

void repair_checksum(std::string& bytes) {
  uint64_t hash = 0, word = 0;
  for (size_t at = 16; at + 8 <= bytes.size(); at += 8) {
    std::memcpy(&word, bytes.data() + at, 8);
    hash ^= word + 0x9E3779B9 + (hash << 6) + (hash >> 2);
  }
  if (bytes.size() >= 16) std::memcpy(bytes.data() + 8, &hash, 8);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const Vocabulary vocabulary = *Vocabulary::parse_list("</s>\n<unk>\na\nb\nc\n", "fuzz");
  std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto text = Shortlist::parse_text(bytes, "fuzz", vocabulary, vocabulary, 2, 2);
  repair_checksum(bytes);
  const auto binary = Shortlist::parse(bytes, "fuzz", vocabulary.size(), vocabulary.size());
  const int32_t ids[] = {0, 1, 2, 3, 4};
  for (const auto* list : {&text, &binary}) {
    if (*list) (void)(*list)->candidates(ids, true);
  }
  return 0;
}
