// The safetensors container: a JSON header with names, types, shapes and places, then the bytes of the tensors.
#pragma once
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace kabar::mt {

enum class TensorType { f32, i8 };

struct Tensor {
  TensorType type = TensorType::f32;
  std::vector<size_t> shape;
  std::span<const std::byte> data;  // row-major, little-endian; f32 is aligned if the file's bytes are
};

struct Safetensors {
  std::map<std::string, Tensor, std::less<>> tensors;
  std::map<std::string, std::string, std::less<>> metadata;
};

// `bytes` must outlive the result and be aligned to 4 (a mapped file is). The tensors must cover the data without
// holes or overlaps, as the format demands. Errors: bad_input, limit, unsupported (a type other than F32 and I8).
Result<Safetensors> parse_safetensors(std::span<const std::byte> bytes, std::string_view name);

// The bytes of a file, tensors in the order F32, I8, each by name; the data begins at a multiple of 64.
std::string serialize_safetensors(const Safetensors& file);

}  // namespace kabar::mt
