// A package in which one file is the input: the first byte says which. model.toml holds no checksums, so that
// everything behind them is reached.
#include <unistd.h>

#include <cstdint>
#include <filesystem>
#include <fstream>

#include "mt/package.h"
#include "mt/package_files.h"

using namespace kabar;

namespace {

constexpr const char* kFiles[] = {"model.toml", "encoder.safetensors", "head.ja.safetensors", "source.vocab",
                                  "head.ja.shortlist.bin"};
constexpr int kWidth = 4;  // and four pieces, so that every matrix is square
constexpr const char* kList = "</s>\n<unk>\na\nb\n";
constexpr const char* kManifest = "format = 1\nname = \"fuzz\"\nversion = \"1\"\nsource = \"id\"\n";

// Weights that all look into the same few numbers.
struct Tiny {
  float numbers[kWidth * kWidth] = {};
  nn::Encoder encoder;
  nn::Head head;

  nn::Linear linear() {
    nn::Linear layer;
    layer.weight.outputs = layer.weight.inputs = kWidth;
    layer.weight.f32 = numbers;
    layer.bias = vector();
    return layer;
  }
  std::span<const float> vector() { return {numbers, kWidth}; }
  nn::LayerNorm norm() { return {vector(), vector()}; }
  nn::Attention attention() { return {linear(), linear(), linear(), linear(), norm()}; }

  Tiny() {
    encoder.shape = head.shape = {kWidth, 2, kWidth, nn::Activation::relu};
    encoder.embedding = head.embedding = head.output = linear().weight;
    encoder.layers.push_back({attention(), {linear(), linear(), norm()}});
    nn::DecoderLayer layer;
    layer.ssru = nn::Ssru{{linear().weight, {}}, linear(), norm()};
    layer.cross = attention();
    layer.feed_forward = {linear(), linear(), norm()};
    head.layers.push_back(std::move(layer));
    head.output_bias = vector();
  }
};

void put(const std::filesystem::path& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

std::filesystem::path make_package() {
  const auto folder = std::filesystem::temp_directory_path() / ("kabar-fuzz-" + std::to_string(::getpid()));
  Tiny tiny;
  mt::PackageContents contents;
  contents.name = "fuzz";
  contents.source = Language::id;
  contents.encoder = &tiny.encoder;
  contents.vocabulary.list = kList;
  mt::HeadContents head;
  head.language = Language::ja;
  head.weights = &tiny.head;
  head.vocabulary.list = kList;
  contents.heads.push_back(head);
  if (!mt::write_package(folder, contents)) std::abort();
  put(folder / "model.toml", kManifest);
  if (!mt::load_package(folder)) std::abort();
  std::atexit([] {
    std::filesystem::remove_all(std::filesystem::temp_directory_path() / ("kabar-fuzz-" + std::to_string(::getpid())));
  });
  return folder;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::filesystem::path folder = make_package();
  if (size == 0) return 0;
  const std::filesystem::path path = folder / kFiles[data[0] % std::size(kFiles)];
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string good;
  const bool existed = std::filesystem::exists(path);
  if (existed) {
    std::ifstream file(path, std::ios::binary);
    good.assign(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  put(path, bytes);
  (void)mt::load_package(folder);
  if (existed) {
    put(path, good);
  } else {
    std::filesystem::remove(path);
  }
  return 0;
}
