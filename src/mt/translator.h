// The one door to machine translation: sentences in, hypotheses with scores and alignments out.
// mt::Engine is the built-in implementation; others (a service over HTTP) come behind the same interface.
#pragma once
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "base/alignment.h"
#include "base/language.h"
#include "base/result.h"

namespace kabar::mt {

// Where `source_span` stands in the source, one of `targets` must stand in the output.
struct Constraint {
  Span source_span;                  // code points of the sentence
  std::vector<std::string> targets;  // any one of these, first preferred; never empty
};

// How a word is usually translated: advice, which a translator may ignore.
struct Hint {
  struct Rendering {
    std::string text;
    float share = 0;  // how often it is, 0..1
  };
  Span source;  // code points of the sentence
  std::vector<Rendering> renderings;
};

// What holds for one sentence in one target language.
struct SentenceConstraints {
  std::vector<Constraint> required;
  std::vector<std::string> forbidden;  // must not appear in the output
  std::vector<Hint> hints;             // in the order of the source
  bool empty() const { return required.empty() && forbidden.empty() && hints.empty(); }
};

struct Sentence {
  std::string text;            // plain, one sentence; may hold placeholders (mt/placeholder.h)
  std::string context_before;  // the sentence before it in the article; a translator may ignore it
  // One entry per target of the call, in its order; or empty when nothing is asked.
  std::vector<SentenceConstraints> constraints;
  // Whether the output may hold figures of its own. False where the sentence says no number but by placeholders: then
  // none can be made up.
  bool figures = true;
};

struct Hypothesis {
  std::string text;                    // UTF-8, NFC
  std::vector<float> log_probability;  // one per target token, natural logarithm, <= 0; may be empty
  Alignment alignment;                 // source span -> target span; may be empty
  bool cut = false;                    // ended by the length limit or by the loop detector
  std::vector<Hypothesis> others;      // the next best, best first, at most TranslateOptions::others; theirs are empty
};

struct TranslateOptions {
  int beam_size = 1;           // 1 = greedy; at most 16
  float normalize = 1.0f;      // score / length^normalize, as Marian's --normalize
  float length_factor = 2.0f;  // target tokens at most this times source tokens
  int others = 0;              // hypotheses besides the best one, less than beam_size; a translator may give fewer
};

// Thread-safe: any number of threads may call translate() at once.
class Translator {
 public:
  virtual ~Translator() = default;

  // Returns [target][sentence], in the order given: the best hypothesis each. An empty sentence gives an empty text.
  // Errors: not_found (no model from `source` to a target), limit (a sentence over the translator's limit),
  // cancelled.
  virtual Result<std::vector<std::vector<Hypothesis>>> translate(std::span<const Sentence> sentences, Language source,
                                                                 std::span<const Language> targets,
                                                                 const TranslateOptions& options,
                                                                 std::stop_token stop) const = 0;

  // Name and version of what translates this pair, for records and pages ("starter 1"); empty if nothing does.
  virtual std::string model_name(Language source, Language target) const = 0;

  // Whether placeholders (mt/placeholder.h) in a sentence come out as they went in, each once. If not, what they
  // stand for is sent as plain text with a Constraint.
  virtual bool keeps_placeholders(Language source, Language target) const = 0;
};

}  // namespace kabar::mt
