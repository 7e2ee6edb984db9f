#include "mt/marian_file.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <cstring>

#include "base/file.h"
#include "mt/marian_model.h"
#include "mt/marian_options.h"

namespace kabar::mt {
namespace {

const std::string kFixtures = std::string(KABAR_ROOT) + "/tests/fixtures/";

std::span<const std::byte> view(const std::string& bytes) { return std::as_bytes(std::span(bytes)); }

void append(std::string& out, uint32_t value, size_t size) { out.append(reinterpret_cast<const char*>(&value), size); }

std::string npy(const std::string& type, const std::string& shape, const std::string& data) {
  std::string header = "{'descr': '" + type + "', 'fortran_order': False, 'shape': " + shape + ", }";
  header.append(63 - (10 + header.size()) % 64, ' ').append("\n");
  std::string out("\x93NUMPY\x01\x00", 8);
  append(out, static_cast<uint32_t>(header.size()), 2);
  return out + header + data;
}

struct Entry {
  std::string name, content;
};

// A zip archive; `deflated` packs the members as numpy's savez_compressed does.
std::string zip(const std::vector<Entry>& entries, bool deflated) {
  std::string out, directory;
  for (const Entry& entry : entries) {
    std::string packed = entry.content;
    if (deflated) {
      packed.resize(compressBound(static_cast<uLong>(entry.content.size())));
      z_stream stream{};
      deflateInit2(&stream, 9, Z_DEFLATED, -MAX_WBITS, 9, Z_DEFAULT_STRATEGY);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(entry.content.data()));
      stream.avail_in = static_cast<uInt>(entry.content.size());
      stream.next_out = reinterpret_cast<Bytef*>(packed.data());
      stream.avail_out = static_cast<uInt>(packed.size());
      deflate(&stream, Z_FINISH);
      packed.resize(stream.total_out);
      deflateEnd(&stream);
    }
    const uint32_t crc = static_cast<uint32_t>(
        crc32(0, reinterpret_cast<const Bytef*>(entry.content.data()), static_cast<uInt>(entry.content.size())));
    std::string fields;
    append(fields, 20, 2);
    append(fields, 0, 2);
    append(fields, deflated ? 8 : 0, 2);
    append(fields, 0, 4);
    append(fields, crc, 4);
    append(fields, static_cast<uint32_t>(packed.size()), 4);
    append(fields, static_cast<uint32_t>(entry.content.size()), 4);
    append(fields, static_cast<uint32_t>(entry.name.size()), 2);
    append(fields, 0, 2);
    directory += "PK\x01\x02";
    append(directory, 20, 2);
    directory += fields;
    directory.append(10, '\0');
    append(directory, static_cast<uint32_t>(out.size()), 4);
    directory += entry.name;
    out.append("PK\x03\x04").append(fields).append(entry.name).append(packed);
  }
  std::string end = "PK\x05\x06" + std::string(4, '\0');
  append(end, static_cast<uint32_t>(entries.size()), 2);
  append(end, static_cast<uint32_t>(entries.size()), 2);
  append(end, static_cast<uint32_t>(directory.size()), 4);
  append(end, static_cast<uint32_t>(out.size()), 4);
  append(end, 0, 2);
  return out + directory + end;
}

std::string small_archive(bool deflated) {
  const float values[6] = {1, 2, 3, 4, 5, 6};
  const std::string data(reinterpret_cast<const char*>(values), sizeof values);
  return zip({{"special:model.yml.npy", npy("|i1", "(13,)", std::string("type: a\n\0junk", 13))},
              {"W.npy", npy("<f4", "(2, 3)", data)},
              {"b.npy", npy("<f4", "(6,)", data)}},
             deflated);
}

TEST(Npz, ReadsStoredAndDeflatedMembers) {
  for (const bool deflated : {false, true}) {
    const std::string bytes = small_archive(deflated);
    const Result<MarianFile> file = parse_npz(view(bytes), "x.npz");
    ASSERT_TRUE(file) << file.error().text();
    EXPECT_EQ(file->options, "type: a\n");
    EXPECT_EQ(file->items.at("W").rows, 2);
    EXPECT_EQ(file->items.at("W").columns, 3);
    EXPECT_EQ(file->items.at("b").rows, 1);  // one dimension is one row
    EXPECT_EQ(file->items.at("b").columns, 6);
    float last = 0;
    std::memcpy(&last, file->items.at("W").data.data() + 20, 4);
    EXPECT_EQ(last, 6.0f);
  }
}

TEST(Npz, EveryCutAndFlippedByteIsSafe) {
  const std::string good = small_archive(true);
  for (size_t size = 0; size < good.size(); ++size) EXPECT_FALSE(parse_npz(view(good.substr(0, size)), "x"));
  for (size_t at = 0; at < good.size(); ++at) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x81);
    (void)parse_npz(view(bad), "x");
  }
}

TEST(MarianBin, EveryCutIsAnError) {
  const std::string good = *read_file(kFixtures + "marian-enid-ssru/model.intgemm.alphas.bin", 1 << 22);
  ASSERT_TRUE(parse_marian_bin(view(good), "m"));
  for (size_t size = 0; size < good.size(); size += size < 12'000 ? 13 : 4'999) {
    EXPECT_FALSE(parse_marian_bin(view(good.substr(0, size)), "m")) << size;
  }
}

TEST(MarianModel, AlphasOfEmbeddingsAreUnpacked) {
  for (const char* file : {"marian-enid-ssru/model.intgemm.alphas.bin", "marian-enja-ssru4/model.intgemm.alphas.bin"}) {
    const Result<MarianWeights> weights = build_marian(*open_marian(kFixtures + file));
    ASSERT_TRUE(weights) << weights.error().text();
    // The largest input of a projection of a toy model is between 1 and 100, so the multiplier is 1.27 … 127.
    EXPECT_GT(weights->head.output.input_multiplier, 1.0f);
    EXPECT_LT(weights->head.output.input_multiplier, 127.0f);
    EXPECT_GT(weights->encoder.layers[0].self.query.weight.input_multiplier, 1.0f);
    EXPECT_EQ(weights->encoder.embedding.scale[0], weights->encoder.embedding.scale[1]);
  }
}

TEST(MarianModel, SeparateTables) {
  const Result<MarianWeights> weights = build_marian(*open_marian(kFixtures + "marian-enja-ssru4/model.npz"));
  ASSERT_TRUE(weights) << weights.error().text();
  EXPECT_EQ(weights->encoder.embedding.outputs, 512);
  EXPECT_EQ(weights->head.embedding.outputs, 640);
  EXPECT_EQ(weights->head.layers.size(), 4u);
}

constexpr std::string_view kOptions =
    "type: transformer\ndim-emb: 64\ntransformer-heads: 8\ntransformer-dim-ffn: 256\n"
    "transformer-ffn-activation: relu\nenc-depth: 6\ndec-depth: 2\ntransformer-decoder-autoreg: rnn\ndec-cell: ssru\n"
    "transformer-postprocess: dan\ntied-embeddings-all: true\ntransformer-guided-alignment-layer: 1\n";

TEST(MarianOptions, AreRead) {
  const auto options = parse_marian_options(kOptions, "m");
  ASSERT_TRUE(options) << options.error().text();
  EXPECT_EQ(options->encoder.inner, 256);
  EXPECT_EQ(options->decoder_layers, 2);
  EXPECT_TRUE(options->ssru);
  EXPECT_TRUE(options->output_is_embedding);
  EXPECT_EQ(options->alignment_layer, 0);
}

TEST(MarianOptions, WhatWeDoNotComputeIsNamed) {
  const auto refuse = [](const std::string& line) {
    return parse_marian_options(std::string(kOptions) + line, "m").error();
  };
  EXPECT_EQ(refuse("transformer-preprocess: n\n").text(), "m: option transformer-preprocess is 'n'");
  EXPECT_EQ(refuse("transformer-tied-layers:\n  - 1\n  - 1\n").kind, ErrorKind::unsupported);
  EXPECT_EQ(refuse("transformer-rnn-projection: true\n").kind, ErrorKind::unsupported);
  EXPECT_EQ(refuse("type: s2s\n").kind, ErrorKind::unsupported);
  EXPECT_EQ(refuse("transformer-heads: 7\n").kind, ErrorKind::bad_input);
  EXPECT_EQ(refuse("enc-depth: 9999\n").kind, ErrorKind::bad_input);
  EXPECT_TRUE(parse_marian_options(std::string(kOptions) + "transformer-tied-layers:\n  []\n", "m"));
}

}  // namespace
}  // namespace kabar::mt
