#include "mt/package.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstring>
#include <fstream>

#include "base/file.h"
#include "base/sha256.h"
#include "mt/convert.h"
#include "mt/marian_file.h"
#include "mt/marian_model.h"
#include "mt/package_files.h"

namespace kabar::mt {
namespace {

namespace fs = std::filesystem;

const fs::path kFixtures = fs::path(KABAR_ROOT) / "tests/fixtures";

class Package : public testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::temp_directory_path() / fmt::format("kabar-package-{}", ::getpid());
    fs::remove_all(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  ConvertOptions shared_options(const char* weights) const {
    ConvertOptions options;
    options.weights = kFixtures / "marian-enid-ssru" / weights;
    options.source_vocabulary = options.target_vocabulary = kFixtures / "marian-enid-ssru/vocab.spm";
    options.shortlist = kFixtures / "marian-enid-ssru/lex.50.50.s2t.bin";
    options.source = Language::en;
    options.target = Language::id;
    return options;
  }
  void convert(const ConvertOptions& options) const {
    const Result<void> done = convert_model(options, folder_);
    ASSERT_TRUE(done) << done.error().text();
  }
  std::string bytes_of(const std::string& name) const { return *read_file(folder_ / name, 1 << 24); }
  void put(const std::string& name, const std::string& bytes) const {
    std::ofstream(folder_ / name, std::ios::binary) << bytes;
  }
  // The message of the error that loading gives, or "".
  std::string load_error() const {
    const Result<Model> model = load_package(folder_);
    return model ? "" : model.error().text();
  }

  fs::path folder_;
};

template <typename T>
bool same(std::span<const T> a, std::span<const T> b) {
  return a.size() == b.size() && (a.empty() || std::memcmp(a.data(), b.data(), a.size_bytes()) == 0);
}

void expect_same(const nn::Matrix& a, const nn::Matrix& b) {
  EXPECT_EQ(a.outputs, b.outputs);
  EXPECT_EQ(a.inputs, b.inputs);
  EXPECT_TRUE(same(a.f32, b.f32));
  EXPECT_TRUE(same(a.s8, b.s8));
  EXPECT_TRUE(same(a.scale, b.scale));
  EXPECT_EQ(a.input_multiplier, b.input_multiplier);
}

TEST_F(Package, HoldsWhatTheMarianFileHeld) {
  for (const char* weights : {"model.npz", "model.intgemm.alphas.bin"}) {
    convert(shared_options(weights));
    const MarianWeights marian = *build_marian(*open_marian(kFixtures / "marian-enid-ssru" / weights));
    const Result<Model> model = load_package(folder_);
    ASSERT_TRUE(model) << model.error().text();
    EXPECT_EQ(model->name, "en-id");
    EXPECT_EQ(model->source, Language::en);
    ASSERT_EQ(model->heads.size(), 1u);
    const ModelHead& head = model->heads[0];
    EXPECT_EQ(head.language, Language::id);
    EXPECT_TRUE(head.shares_source_vocabulary);
    EXPECT_TRUE(head.shortlist.has_value());
    ASSERT_EQ(model->encoder.layers.size(), 6u);
    ASSERT_EQ(head.weights.layers.size(), 2u);
    expect_same(model->encoder.layers[5].self.key.weight, marian.encoder.layers[5].self.key.weight);
    expect_same(head.weights.layers[1].ssru->forget.weight, marian.head.layers[1].ssru->forget.weight);
    expect_same(head.weights.output, marian.head.output);
    EXPECT_TRUE(same(head.weights.output_bias, marian.head.output_bias));
  }
}

TEST_F(Package, NamesTheOtherLanguagesThatItReads) {
  convert(shared_options("model.npz"));
  std::string manifest = bytes_of("model.toml");
  EXPECT_EQ(manifest.find("other_sources"), manifest.npos);
  const size_t after = manifest.find('\n', manifest.find("source = ")) + 1;
  const auto write = [&](std::string_view line) {
    std::ofstream(folder_ / "model.toml") << manifest.substr(0, after) << line << manifest.substr(after);
  };
  write("other_sources = [\"fr\", \"ja\"]\n");
  const PackageInfo info = *read_package_info(folder_);
  EXPECT_EQ(info.other_sources, (std::vector{Language::fr, Language::ja}));
  EXPECT_TRUE(load_package(folder_)->reads(Language::ja));
  EXPECT_EQ(*source_of(info, ""), Language::en);
  EXPECT_EQ(*source_of(info, "fr"), Language::fr);
  EXPECT_EQ(source_of(info, "zh").error().text(), "en-id: translates from en, fr, ja, not from 'zh'");
  write("other_sources = [\"French\"]\n");
  EXPECT_FALSE(read_package_info(folder_));
}

TEST_F(Package, NpzAndBinGiveTheSameBytes) {
  convert(shared_options("model.npz"));
  const std::string encoder = bytes_of("encoder.safetensors"), head = bytes_of("head.id.safetensors");
  convert(shared_options("model.bin"));
  EXPECT_TRUE(bytes_of("encoder.safetensors") == encoder);
  EXPECT_TRUE(bytes_of("head.id.safetensors") == head);
}

TEST_F(Package, Int8OfFloatIsWithinHalfAStep) {
  ConvertOptions options = shared_options("model.npz");
  options.precision = Precision::int8;
  convert(options);
  const Model model = *load_package(folder_);
  const MarianWeights marian = *build_marian(*open_marian(options.weights));
  const nn::Matrix& rounded = model.encoder.layers[0].feed_forward.inner.weight;
  const nn::Matrix& exact = marian.encoder.layers[0].feed_forward.inner.weight;
  ASSERT_EQ(rounded.s8.size(), exact.f32.size());
  for (size_t i = 0; i < exact.f32.size(); ++i) {
    const float scale = rounded.scale[i / static_cast<size_t>(rounded.inputs)];
    EXPECT_NEAR(static_cast<float>(rounded.s8[i]) * scale, exact.f32[i], 0.5001f * scale);
  }
}

TEST_F(Package, Int8FilesDoNotBecomeFloat) {
  ConvertOptions options = shared_options("model.intgemm.alphas.bin");
  options.precision = Precision::float32;
  EXPECT_EQ(convert_model(options, folder_).error().kind, ErrorKind::usage);
}

TEST_F(Package, KeepsTheOpusManner) {
  ConvertOptions options;
  const fs::path from = kFixtures / "marian-enid-selfatt";
  options.weights = from / "model.npz";
  options.source_vocabulary = options.target_vocabulary = from / "vocab.yml";
  options.source_spm = options.target_spm = from / "source.spm";
  options.source = Language::en;
  options.target = Language::id;
  convert(options);
  const Result<Model> model = load_package(folder_);
  ASSERT_TRUE(model) << model.error().text();
  const Vocabulary vocabulary = *Vocabulary::open(from / "vocab.yml", from / "source.spm");
  EXPECT_TRUE(model->source_vocabulary.same_pieces(vocabulary));
  EXPECT_EQ(model->encoder.shape.activation, nn::Activation::swish);
  EXPECT_TRUE(model->heads[0].weights.layers[0].self.has_value());
}

TEST_F(Package, OneMoreLanguageIsOneMoreHead) {
  convert(shared_options("model.npz"));
  const std::string encoder = bytes_of("encoder.safetensors");
  const MarianWeights marian = *build_marian(*open_marian(kFixtures / "marian-enid-ssru/model.npz"));
  HeadContents head;
  head.language = Language::fr;
  head.weights = &marian.head;
  head.vocabulary.spm = *read_file(kFixtures / "marian-enid-ssru/vocab.spm", 1 << 20);
  const Result<void> added = add_head(folder_, head, Precision::int8);
  ASSERT_TRUE(added) << added.error().text();
  EXPECT_TRUE(bytes_of("encoder.safetensors") == encoder);
  const Result<void> verified = verify_package(folder_);
  EXPECT_TRUE(verified) << verified.error().text();
  const Model model = *load_package(folder_);
  ASSERT_EQ(model.heads.size(), 2u);
  EXPECT_EQ(model.heads[0].language, Language::fr);
  LoadOptions only;
  only.languages = {Language::id};
  EXPECT_EQ(load_package(folder_, only)->heads.size(), 1u);
}

TEST_F(Package, EveryDamageIsFoundAndNamed) {
  convert(shared_options("model.intgemm.alphas.bin"));
  ASSERT_TRUE(verify_package(folder_));
  for (const char* name :
       {"encoder.safetensors", "head.id.safetensors", "source.spm", "head.id.spm", "head.id.shortlist.bin"}) {
    const std::string good = bytes_of(name);
    std::string bad = good;
    bad[bad.size() / 2] = static_cast<char>(bad[bad.size() / 2] ^ 1);
    put(name, bad);
    EXPECT_NE(load_error().find(fmt::format("{}: is damaged", name)), std::string::npos) << load_error();
    EXPECT_FALSE(verify_package(folder_));
    put(name, good.substr(0, good.size() - 1));
    EXPECT_NE(load_error().find("bytes, model.toml says"), std::string::npos) << load_error();
    put(name, good);
  }
  fs::remove(folder_ / "head.id.spm");
  EXPECT_NE(load_error().find("head.id.spm"), std::string::npos);
}

TEST_F(Package, WrongManifestsAreExplained) {
  convert(shared_options("model.npz"));
  const std::string good = bytes_of("model.toml");
  put("model.toml", "format = 2\n" + good.substr(good.find("name =")));
  EXPECT_NE(load_error().find("format 2 is not supported"), std::string::npos) << load_error();
  put("model.toml", "format = 1\nname = \"x\"\nversion = \"1\"\nsource = \"Indonesian\"\n");
  EXPECT_NE(load_error().find("'source' is 'Indonesian'"), std::string::npos) << load_error();
  put("model.toml", "format = 1\nname = [\n");
  EXPECT_NE(load_error().find("model.toml:"), std::string::npos) << load_error();
  put("model.toml", good + "[!\n");  // found by fuzzing: the TOML library stopped the program
  EXPECT_NE(load_error().find("a table header without a name"), std::string::npos) << load_error();
  fs::remove(folder_ / "model.toml");
  EXPECT_EQ(load_package(folder_).error().kind, ErrorKind::not_found);
}

// Even where model.toml knows no checksum, nothing is read beyond a file and every misfit is named.
TEST_F(Package, StructureIsCheckedWithoutChecksums) {
  convert(shared_options("model.npz"));
  const std::string manifest = bytes_of("model.toml");
  put("model.toml", manifest.substr(0, manifest.find("\n[files")));
  ASSERT_EQ(load_error(), "");
  EXPECT_NE(verify_package(folder_).error().text().find("has no checksum"), std::string::npos);

  const std::string encoder = bytes_of("encoder.safetensors");
  const auto with = [&](std::string_view what, std::string_view instead) {
    std::string changed = encoder;
    changed.replace(changed.find(what), what.size(), instead);
    put("encoder.safetensors", changed);
    return load_error();
  };
  EXPECT_NE(with("\"heads\":\"8\"", "\"heads\":\"7\"").find("the width does not fit"), std::string::npos);
  EXPECT_NE(with("\"layers\":\"6\"", "\"layers\":\"5\"").find("has no place in the network"), std::string::npos);
  EXPECT_NE(with("\"layers\":\"6\"", "\"layers\":\"7\"").find("'encoder_l7_self_Wq' is missing"), std::string::npos);
  EXPECT_NE(with("\"inner\":\"256\"", "\"inner\":\"255\"").find("wrong shape"), std::string::npos);
  EXPECT_NE(with("\"F32\"", "\"F16\"").find("only F32 and I8"), std::string::npos);
  EXPECT_NE(with("kabar-encoder", "kabar-decoder").find("not a kabar-encoder"), std::string::npos);
  for (size_t size = 0; size < 20'000; size += 371) {
    put("encoder.safetensors", encoder.substr(0, size));
    EXPECT_NE(load_error(), "") << size;
  }
  put("encoder.safetensors", encoder);
  fs::copy_file(kFixtures / "marian-enja-ssru4/trgvocab.spm", folder_ / "head.id.spm",
                fs::copy_options::overwrite_existing);
  EXPECT_FALSE(load_error().empty());
}

// A shortlist of the old model must not be used with the new one.
TEST_F(Package, WritingReplacesTheWholePackage) {
  ConvertOptions options = shared_options("model.npz");
  convert(options);
  ASSERT_TRUE(fs::exists(folder_ / "head.id.shortlist.bin"));
  put("notes.txt", "mine");
  options.shortlist.clear();
  options.target = Language::fr;
  convert(options);
  EXPECT_FALSE(fs::exists(folder_ / "head.id.shortlist.bin"));
  EXPECT_FALSE(fs::exists(folder_ / "head.id.safetensors"));
  EXPECT_TRUE(fs::exists(folder_ / "notes.txt"));
  EXPECT_TRUE(verify_package(folder_));
}

TEST_F(Package, ListsPackagesOfAFolder) {
  const Result<void> done = convert_model(shared_options("model.npz"), folder_ / "b");
  ASSERT_TRUE(done) << done.error().text();
  fs::create_directories(folder_ / "no-package");
  EXPECT_EQ(list_packages(folder_), std::vector<fs::path>{folder_ / "b"});
  EXPECT_TRUE(list_packages(folder_ / "nothing").empty());
}

TEST(QuickChecksum, SeesEveryChangedByte) {
  const std::string bytes(40, 1);
  const uint64_t sum = quick_checksum(std::as_bytes(std::span(bytes)));
  const std::string longer = bytes + std::string(1, '\0');
  for (size_t i = 0; i < bytes.size(); ++i) {
    std::string changed = bytes;
    changed[i] = 2;
    EXPECT_NE(quick_checksum(std::as_bytes(std::span(changed))), sum);
  }
  EXPECT_NE(quick_checksum(std::as_bytes(std::span(longer))), sum);
}

}  // namespace
}  // namespace kabar::mt
