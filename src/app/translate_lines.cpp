#include "app/translate_lines.h"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstring>

#include <fmt/format.h>

#include "base/language.h"
#include "base/utf8.h"
#include "mt/engine.h"
#include "mt/package.h"

namespace kabar::app {
namespace {

constexpr size_t kLineBytesMax = 1 << 20;
constexpr size_t kBatchLinesMax = 512;
constexpr size_t kReadBytes = 1 << 16;

// Splits what a file descriptor gives into lines.
class LineReader {
 public:
  explicit LineReader(int input) : input_(input) {}

  // All lines that have arrived, at least one and at most kBatchLinesMax; none at the end of the input.
  Result<std::vector<std::string>> next_batch() {
    std::vector<std::string> lines;
    while (lines.size() < kBatchLinesMax) {
      if (take_line(lines)) continue;
      if (buffer_.size() > kLineBytesMax) {
        return fail(ErrorKind::limit, place(lines.size()), "the line is over 1 MiB");
      }
      if (ended_) {
        if (!buffer_.empty()) lines.push_back(std::exchange(buffer_, {}));
        break;
      }
      if (!lines.empty() && !has_more()) break;
      KABAR_TRY(read_some());
    }
    for (size_t i = 0; i < lines.size(); ++i) {
      const Result<void> valid = check_utf8(lines[i], "stdin");
      if (valid) continue;
      const Error error{ErrorKind::bad_input, place(i), valid.error().message};
      if (i == 0) return tl::unexpected<Error>(error);
      // The good lines before it get their answers; the fault is found again as the first line of the next batch.
      for (size_t back = lines.size(); back > i; --back) buffer_.insert(start_, lines[back - 1] + "\n");
      lines.resize(i);
    }
    lines_before_ += static_cast<int64_t>(lines.size());
    return lines;
  }

 private:
  std::string place(size_t index) const {
    return fmt::format("stdin:{}", lines_before_ + static_cast<int64_t>(index) + 1);
  }
  bool take_line(std::vector<std::string>& lines) {
    const size_t end = buffer_.find('\n', start_);
    if (end == std::string::npos) {
      buffer_.erase(0, start_);
      start_ = 0;
      return false;
    }
    lines.push_back(buffer_.substr(start_, end - start_));
    start_ = end + 1;
    return true;
  }
  bool has_more() const {
    pollfd one{input_, POLLIN, 0};
    return ::poll(&one, 1, 0) > 0;
  }
  Result<void> read_some() {
    char bytes[kReadBytes];
    ssize_t size = 0;
    do {
      size = ::read(input_, bytes, sizeof bytes);
    } while (size < 0 && errno == EINTR);
    if (size < 0) return fail(ErrorKind::io, "stdin", std::strerror(errno));
    ended_ = size == 0;
    buffer_.append(bytes, static_cast<size_t>(size));
    return {};
  }

  int input_;
  std::string buffer_;
  size_t start_ = 0;  // of the line that comes next
  bool ended_ = false;
  int64_t lines_before_ = 0;
};

// Marian's n-best line: "0 ||| text ||| 0-0 1-2 ||| WordScores= -0.10000 … ||| F0= -1.5 ||| -0.3".
void append_nbest(std::string& out, int64_t number, const mt::DecodedHypothesis& one, const std::string& alignment) {
  out += fmt::format("{} ||| {} ||| ", number, one.text);
  if (!alignment.empty()) out += alignment + " ||| ";
  out += "WordScores=";
  for (const float score : one.log_probability) out += fmt::format(" {:.5f}", score);
  out += fmt::format(" ||| F0= {:g} ||| {:g}\n", one.path_score, one.score);
}

std::string alignment_text(const mt::DecodedHypothesis& one) {
  std::string text;
  for (const auto& [source, target] : one.alignment) {
    text += fmt::format("{}{}-{}", text.empty() ? "" : " ", source, target);
  }
  return text;
}

class BareTranslator {
 public:
  BareTranslator(const BareOptions& options, Language source, std::vector<Language> targets, const mt::Engine& engine)
      : options_(options), source_(source), targets_(std::move(targets)), engine_(engine) {
    search_.beam_size = std::max(options.beam, options.nbest);
    search_.normalize = options.normalize;
    search_.length_factor = options.length_factor;
  }

  Result<std::string> operator()(std::span<const std::string> lines, int64_t first_line) const {
    const auto decoded = engine_.decode(lines, source_, targets_, search_, {});
    if (!decoded) return tl::unexpected<Error>(with_line(decoded.error(), first_line));
    const std::vector<std::vector<std::vector<mt::DecodedHypothesis>>>& columns = *decoded;
    std::string out;
    for (size_t i = 0; i < lines.size(); ++i) {
      if (options_.nbest > 0) {
        append_list(out, first_line + static_cast<int64_t>(i) - 1, columns[0][i]);
        continue;
      }
      for (size_t c = 0; c < columns.size(); ++c) {
        const mt::DecodedHypothesis& best = columns[c][i].front();
        if (c > 0) out += '\t';
        out += best.text;
        if (options_.alignment) out += " ||| " + alignment_text(best);
      }
      out += '\n';
    }
    return out;
  }

 private:
  void append_list(std::string& out, int64_t number, const std::vector<mt::DecodedHypothesis>& list) const {
    for (size_t n = 0; n < std::min(list.size(), static_cast<size_t>(options_.nbest)); ++n) {
      append_nbest(out, number, list[n], options_.alignment ? alignment_text(list[n]) : "");
    }
  }
  // The decoder counts the sentences of one call from 1.
  static Error with_line(Error error, int64_t first_line) {
    constexpr std::string_view kWord = "sentence ";
    int64_t number = 0;
    if (error.place.starts_with(kWord)) {
      std::from_chars(error.place.data() + kWord.size(), error.place.data() + error.place.size(), number);
      error.place = fmt::format("stdin:{}", first_line + number - 1);
    }
    return error;
  }

  const BareOptions& options_;
  Language source_;
  std::vector<Language> targets_;
  const mt::Engine& engine_;
  mt::SearchOptions search_;
};

Result<std::vector<Language>> wanted_targets(const BareOptions& options, const mt::PackageInfo& info) {
  std::vector<Language> targets;
  for (const std::string& code : options.to) {
    const std::optional<Language> language = Language::parse(code);
    if (!language) return fail(ErrorKind::usage, "--to", fmt::format("'{}' is not a language code", code));
    if (std::count(info.heads.begin(), info.heads.end(), *language) == 0) {
      return fail(ErrorKind::not_found, options.model.string(), fmt::format("has no head for '{}'", code));
    }
    targets.push_back(*language);
  }
  if (targets.empty()) {
    if (info.heads.size() != 1) {
      return fail(ErrorKind::usage, "--to", fmt::format("is needed: the package has {} heads", info.heads.size()));
    }
    targets = info.heads;
  }
  if (options.nbest > 0 && targets.size() > 1) {
    return fail(ErrorKind::usage, "--nbest", "works with one target language");
  }
  return targets;
}

}  // namespace

Result<void> stream_lines(int input, std::FILE* out, const LineTranslator& translate) {
  // A reader that has gone away is no fault: the write then says so instead of ending the program.
  std::signal(SIGPIPE, SIG_IGN);
  LineReader reader(input);
  int64_t first_line = 1;
  while (true) {
    KABAR_ASSIGN(const std::vector<std::string> lines, reader.next_batch());
    if (lines.empty()) return {};
    KABAR_ASSIGN(const std::string text, translate(lines, first_line));
    if (std::fwrite(text.data(), 1, text.size(), out) != text.size() || std::fflush(out) != 0) {
      if (errno == EPIPE) return {};
      return fail(ErrorKind::io, "stdout", std::strerror(errno));
    }
    first_line += static_cast<int64_t>(lines.size());
  }
}

void add_bare_options(CLI::App& app, BareOptions& options) {
  const char* group = "The bare decoder of one package (--lines --model)";
  app.add_option("--model", options.model, "Decode with this package alone: no facts, terms or typography")
      ->type_name("PACKAGE")
      ->group(group);
  app.add_option("--beam", options.beam, "Hypotheses that are followed at once; 1 is greedy")
      ->check(CLI::Range(1, 16))
      ->capture_default_str()
      ->group(group);
  app.add_option("--nbest", options.nbest, "Print this many hypotheses a sentence, as Marian's ||| lines")
      ->check(CLI::Range(1, 16))
      ->group(group);
  app.add_option("--normalize", options.normalize, "Divide scores by the length to this power")
      ->check(CLI::Range(0.0, 4.0))
      ->capture_default_str()
      ->group(group);
  app.add_option("--length-factor", options.length_factor, "Target tokens at most this times source tokens")
      ->check(CLI::Range(0.5, 8.0))
      ->capture_default_str()
      ->group(group);
  app.add_flag("--alignment", options.alignment, "Add word alignments, as source-target pairs of pieces")->group(group);
}

Result<void> translate_lines_bare(const BareOptions& options, int input, std::FILE* out) {
  KABAR_ASSIGN(const mt::PackageInfo info, mt::read_package_info(options.model));
  KABAR_ASSIGN(const Language source, mt::source_of(info, options.from));
  KABAR_ASSIGN(std::vector<Language> targets, wanted_targets(options, info));
  mt::LoadOptions wanted;
  wanted.languages = targets;
  KABAR_ASSIGN(mt::Model model, mt::load_package(options.model, wanted));
  const auto shared = std::make_shared<const mt::Model>(std::move(model));
  KABAR_ASSIGN(const std::unique_ptr<mt::Engine> engine, mt::Engine::create({shared}));
  return stream_lines(input, out, BareTranslator(options, source, std::move(targets), *engine));
}

}  // namespace kabar::app
