#include "app/translate_lines.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "base/file.h"
#include "mt/convert.h"

namespace kabar::app {
namespace {

namespace fs = std::filesystem;

// "[n:line]" for every line, n its number.
Result<std::string> number_lines(std::span<const std::string> lines, int64_t first_line) {
  std::string out;
  for (const std::string& line : lines) out += "[" + std::to_string(first_line++) + ":" + line + "]\n";
  return out;
}

struct Outcome {
  Result<void> result;
  std::string text;
};

// What `work` makes of `input`, given as a pipe.
Outcome run_on(const std::string& input, const std::function<Result<void>(int, std::FILE*)>& work) {
  int ends[2];
  EXPECT_EQ(::pipe(ends), 0);
  std::thread writer([&] {
    for (size_t at = 0; at < input.size();) {
      const ssize_t done = ::write(ends[1], input.data() + at, input.size() - at);
      if (done <= 0) break;
      at += static_cast<size_t>(done);
    }
    ::close(ends[1]);
  });
  std::FILE* out = std::tmpfile();
  Outcome outcome{work(ends[0], out), ""};
  ::close(ends[0]);
  writer.join();
  std::rewind(out);
  char bytes[4096];
  for (size_t size = 0; (size = std::fread(bytes, 1, sizeof bytes, out)) > 0;) outcome.text.append(bytes, size);
  std::fclose(out);
  return outcome;
}

Outcome run_numbering(const std::string& input) {
  return run_on(input, [](int in, std::FILE* out) { return stream_lines(in, out, number_lines); });
}

TEST(StreamLines, KeepsOrderAndEmptyLines) {
  EXPECT_EQ(run_numbering("a\n\nb").text, "[1:a]\n[2:]\n[3:b]\n");  // the last line needs no line end
  EXPECT_EQ(run_numbering("").text, "");
  std::string many, expected;
  for (int i = 1; i <= 5000; ++i) {
    many += "x\n";
    expected += "[" + std::to_string(i) + ":x]\n";
  }
  EXPECT_TRUE(run_numbering(many).text == expected);
}

TEST(StreamLines, AnswersTheGoodLinesBeforeABadOne) {
  const Outcome outcome = run_numbering("a\nb\n\xFF\nc\n");
  EXPECT_EQ(outcome.text, "[1:a]\n[2:b]\n");
  ASSERT_FALSE(outcome.result);
  EXPECT_EQ(outcome.result.error().place, "stdin:3");
}

TEST(StreamLines, AnswersBeforeTheInputEnds) {
  int in[2], out[2];
  ASSERT_EQ(::pipe(in), 0);
  ASSERT_EQ(::pipe(out), 0);
  std::FILE* stream = ::fdopen(out[1], "w");
  std::thread worker([&] { EXPECT_TRUE(stream_lines(in[0], stream, number_lines)); });
  ASSERT_EQ(::write(in[1], "a\n", 2), 2);
  char bytes[16] = {};
  EXPECT_EQ(::read(out[0], bytes, sizeof bytes), 6);  // would wait for ever if it were not answered
  EXPECT_STREQ(bytes, "[1:a]\n");
  ::close(in[1]);
  worker.join();
  std::fclose(stream);
  ::close(in[0]);
  ::close(out[0]);
}

TEST(StreamLines, AReaderThatLeavesIsNoFault) {
  int out[2];
  ASSERT_EQ(::pipe(out), 0);
  ::close(out[0]);
  std::FILE* stream = ::fdopen(out[1], "w");
  const Outcome outcome =
      run_on("a\nb\n", [&](int input, std::FILE*) { return stream_lines(input, stream, number_lines); });
  EXPECT_TRUE(outcome.result);
  std::fclose(stream);
}

class BareDecoder : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    folder_ = fs::temp_directory_path() / ("kabar-lines-" + std::to_string(::getpid()));
    mt::ConvertOptions options;
    const fs::path from = fs::path(KABAR_ROOT) / "tests/fixtures/marian-enid-ssru";
    options.weights = from / "model.npz";
    options.source_vocabulary = options.target_vocabulary = from / "vocab.spm";
    options.source = Language::en;
    options.target = Language::id;
    ASSERT_TRUE(mt::convert_model(options, folder_));
  }
  static void TearDownTestSuite() { fs::remove_all(folder_); }

  static std::string fixture(const std::string& name) {
    return *read_file(fs::path(KABAR_ROOT) / "tests/fixtures/marian-enid-ssru" / name, 1 << 20);
  }
  static Outcome decode(const std::string& input, const BareOptions& options) {
    return run_on(input, [&](int in, std::FILE* out) { return translate_lines_bare(options, in, out); });
  }
  static BareOptions options() {
    BareOptions options;
    options.model = folder_;
    return options;
  }

  static inline fs::path folder_;
};

// The output of marian-decoder with the same options.
TEST_F(BareDecoder, GivesTheTextsOfMarian) {
  EXPECT_EQ(decode(fixture("input.en"), options()).text, fixture("outputs/float.greedy.txt"));
}

// Up to the last digit of scores, which depends on the order of sums: compared are number, text and alignment.
TEST_F(BareDecoder, PrintsTheListsOfMarian) {
  BareOptions with = options();
  with.nbest = 1;
  with.alignment = true;
  const std::string ours = decode(fixture("input.en"), with).text;
  const std::string marian = fixture("outputs/float.greedy.nbest.txt");
  size_t a = 0, b = 0;
  int lines = 0;
  for (; a < ours.size() && b < marian.size(); ++lines) {
    EXPECT_EQ(ours.substr(a, ours.find("WordScores", a) - a), marian.substr(b, marian.find("WordScores", b) - b));
    a = ours.find('\n', a) + 1;
    b = marian.find('\n', b) + 1;
  }
  EXPECT_EQ(lines, 50);
  EXPECT_EQ(a, ours.size());
}

TEST_F(BareDecoder, SaysWhatItCannotDo) {
  BareOptions wrong = options();
  wrong.to = {"fr"};
  EXPECT_EQ(decode("a\n", wrong).result.error().kind, ErrorKind::not_found);
  wrong = options();
  wrong.from = "ja";
  EXPECT_EQ(decode("a\n", wrong).result.error().kind, ErrorKind::not_found);
  wrong = options();
  wrong.model = "/nowhere";
  EXPECT_EQ(decode("a\n", wrong).result.error().kind, ErrorKind::not_found);
}

}  // namespace
}  // namespace kabar::app
