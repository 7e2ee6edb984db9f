// Marian's binary container, up to the weights of a network.
#include <cstdint>

#include "mt/marian_file.h"
#include "mt/marian_model.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto file = kabar::mt::parse_marian_bin({reinterpret_cast<const std::byte*>(data), size}, "fuzz");
  if (file) (void)kabar::mt::build_marian(std::move(*file));
  return 0;
}
