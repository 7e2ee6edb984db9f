#include "mt/safetensors.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "mt/limits.h"

namespace kabar::mt {
namespace {

using Json = nlohmann::json;

constexpr size_t kHeaderBytesMax = size_t{16} << 20;
constexpr size_t kDimensionsMax = 4;
constexpr size_t kAlignment = 64;  // of the data in files that we write

struct Place {
  size_t begin = 0, end = 0;
  const std::string* name = nullptr;
};

size_t value_bytes(TensorType type) { return type == TensorType::f32 ? 4 : 1; }

// One entry of the header; the fault as text if it is wrong.
Result<Tensor> read_entry(const std::string& key, const Json& entry, std::string_view name, Place& place) {
  const auto wrong = [&](std::string_view message, ErrorKind kind = ErrorKind::bad_input) {
    return fail(kind, std::string(name), fmt::format("tensor '{}' {}", key, message));
  };
  if (!entry.is_object() || !entry.contains("dtype") || !entry["dtype"].is_string() || !entry.contains("shape") ||
      !entry["shape"].is_array() || !entry.contains("data_offsets") || !entry["data_offsets"].is_array() ||
      entry["data_offsets"].size() != 2) {
    return wrong("is not described fully");
  }
  Tensor tensor;
  const std::string& type = entry["dtype"].get_ref<const std::string&>();
  if (type == "I8") {
    tensor.type = TensorType::i8;
  } else if (type != "F32") {
    return wrong(fmt::format("has type {}, only F32 and I8 are supported", type), ErrorKind::unsupported);
  }
  if (entry["shape"].size() > kDimensionsMax) return wrong("has too many dimensions", ErrorKind::limit);
  size_t bytes = value_bytes(tensor.type);
  for (const Json& size : entry["shape"]) {
    if (!size.is_number_unsigned() || size.get<uint64_t>() > kModelFileBytesMax) return wrong("has a damaged shape");
    tensor.shape.push_back(size.get<size_t>());
    if (tensor.shape.back() != 0 && bytes > kModelFileBytesMax / tensor.shape.back()) return wrong("is too large");
    bytes *= tensor.shape.back();
  }
  const Json& offsets = entry["data_offsets"];
  if (!offsets[0].is_number_unsigned() || !offsets[1].is_number_unsigned()) return wrong("has damaged offsets");
  place = {offsets[0].get<size_t>(), offsets[1].get<size_t>(), &key};
  if (place.begin > place.end || place.end - place.begin != bytes) {
    return wrong("has not as much data as its shape says");
  }
  return tensor;
}

}  // namespace

Result<Safetensors> parse_safetensors(std::span<const std::byte> bytes, std::string_view name) {
  const auto wrong = [&](std::string message) {
    return fail(ErrorKind::bad_input, std::string(name), std::move(message));
  };
  uint64_t header_bytes = 0;
  if (bytes.size() < sizeof header_bytes) return wrong("not a safetensors file, or cut short");
  std::memcpy(&header_bytes, bytes.data(), sizeof header_bytes);
  if (header_bytes > kHeaderBytesMax || header_bytes > bytes.size() - sizeof header_bytes) {
    return wrong("not a safetensors file, or cut short");
  }
  const char* text = reinterpret_cast<const char*>(bytes.data()) + sizeof header_bytes;
  const Json header = Json::parse(text, text + header_bytes, nullptr, /*allow_exceptions=*/false);
  if (!header.is_object()) return wrong("the header is not JSON");
  if (header.size() > kTensorsMax) return fail(ErrorKind::limit, std::string(name), "too many tensors");
  const std::span<const std::byte> data = bytes.subspan(sizeof header_bytes + header_bytes);
  const size_t data_start = sizeof header_bytes + header_bytes;

  Safetensors file;
  std::vector<Place> places;
  for (const auto& [key, entry] : header.items()) {
    if (key == "__metadata__") {
      if (!entry.is_object()) return wrong("the metadata are damaged");
      for (const auto& [word, value] : entry.items()) {
        if (!value.is_string()) return wrong("the metadata are damaged");
        file.metadata.emplace(word, value.get<std::string>());
      }
      continue;
    }
    Place place;
    KABAR_ASSIGN(Tensor tensor, read_entry(key, entry, name, place));
    if (place.end > data.size()) return wrong(fmt::format("tensor '{}' is cut short", key));
    if (tensor.type == TensorType::f32 && (data_start + place.begin) % alignof(float) != 0) {
      return wrong(fmt::format("tensor '{}' is not aligned", key));
    }
    tensor.data = data.subspan(place.begin, place.end - place.begin);
    const auto added = file.tensors.emplace(key, std::move(tensor)).first;
    place.name = &added->first;
    places.push_back(place);
  }
  std::sort(places.begin(), places.end(),
            [](const Place& a, const Place& b) { return a.begin != b.begin ? a.begin < b.begin : a.end < b.end; });
  size_t expected = 0;
  for (const Place& place : places) {
    if (place.begin != expected) return wrong(fmt::format("a hole or overlap before tensor '{}'", *place.name));
    expected = place.end;
  }
  if (expected != data.size()) return wrong("bytes behind the last tensor, or a tensor that the header does not name");
  return file;
}

std::string serialize_safetensors(const Safetensors& file) {
  std::vector<const std::pair<const std::string, Tensor>*> order;
  for (const auto& entry : file.tensors) order.push_back(&entry);
  // F32 first, so that all of it is aligned.
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    return value_bytes(a->second.type) > value_bytes(b->second.type);
  });
  nlohmann::ordered_json header = nlohmann::ordered_json::object();
  if (!file.metadata.empty()) header["__metadata__"] = file.metadata;
  size_t offset = 0;
  for (const auto* entry : order) {
    const Tensor& tensor = entry->second;
    header[entry->first] = {{"dtype", tensor.type == TensorType::f32 ? "F32" : "I8"},
                            {"shape", tensor.shape},
                            {"data_offsets", {offset, offset + tensor.data.size()}}};
    offset += tensor.data.size();
  }
  std::string text = header.dump();
  text.append((kAlignment - (sizeof(uint64_t) + text.size()) % kAlignment) % kAlignment, ' ');
  const uint64_t size = text.size();
  std::string bytes(reinterpret_cast<const char*>(&size), sizeof size);
  bytes.reserve(sizeof size + text.size() + offset);
  bytes += text;
  for (const auto* entry : order) {
    bytes.append(reinterpret_cast<const char*>(entry->second.data.data()), entry->second.data.size());
  }
  return bytes;
}

}  // namespace kabar::mt
