// `kabar translate --lines`: sentences in, one translation a line out, in order.
#pragma once
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/result.h"

namespace kabar::app {

// Makes the output of some lines: each with its line end. `first_line` is the number of the first, from 1, for
// messages.
using LineTranslator = std::function<Result<std::string>(std::span<const std::string> lines, int64_t first_line)>;

// Reads lines of valid UTF-8 from the file descriptor `input` and writes what `translate` makes of them to `out`, in
// order. What has arrived is translated at once, so a slow writer gets each answer promptly and a fast one large
// batches. Ends without an error when the reader of `out` has gone away. Errors: bad_input (not UTF-8, with the line),
// limit (a line over 1 MiB), io, and those of `translate`.
Result<void> stream_lines(int input, std::FILE* out, const LineTranslator& translate);

// The bare decoder of one package: no facts, no constraints, no cutting of loops, no typography.
struct BareOptions {
  std::filesystem::path model;  // --model; empty = the product's path is wanted
  std::string from;             // empty = the package's source
  std::vector<std::string> to;  // columns of the output, separated by tabs; empty = the package's only head
  int beam = 1;
  int nbest = 0;  // 0 = only the best text; else Marian's ||| lines, this many a sentence
  float normalize = 1.0f;
  float length_factor = 2.0f;
  bool alignment = false;  // add hard word alignments: "text ||| 0-0 1-2"
};

// Declares --model, --beam, --nbest, --normalize, --length-factor and --alignment; --from and --to are the command's.
void add_bare_options(CLI::App& app, BareOptions& options);

Result<void> translate_lines_bare(const BareOptions& options, int input, std::FILE* out);

}  // namespace kabar::app
