// The parameters of a Marian model file, whichever container it came in.
#pragma once
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kabar::mt {

struct MarianItem {
  enum class Type { f32, intgemm8 };
  Type type = Type::f32;
  int rows = 0, columns = 0;  // row-major; one-dimensional arrays have one row
  // rows * columns floats; or rows * columns int8 values and the float multiplier right behind them. Starts anywhere:
  // floats must be copied out.
  std::span<const std::byte> data;
};

struct MarianFile {
  std::string name;                                 // for messages
  std::map<std::string, MarianItem> items;          // without those that begin with "special:"
  std::string options;                              // special:model.yml
  std::vector<std::shared_ptr<const void>> memory;  // what the items point into
};

// A numpy archive (.npz): a zip of .npy members, stored or deflated. `bytes` must outlive the result, except
// for what had to be inflated. Errors: bad_input, limit, unsupported.
Result<MarianFile> parse_npz(std::span<const std::byte> bytes, std::string_view name);

// Marian's own container (.bin).
Result<MarianFile> parse_marian_bin(std::span<const std::byte> bytes, std::string_view name);

// Maps the file and reads it as one or the other, by its first bytes.
Result<MarianFile> open_marian(const std::string& path);

}  // namespace kabar::mt
