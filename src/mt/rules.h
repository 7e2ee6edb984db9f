// Hard rules on the output of one sentence: what must appear, what must not. The search asks at every step what has
// to come next and what may not, so the rules hold whatever the model prefers.
#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/language.h"
#include "mt/translator.h"
#include "mt/vocabulary.h"

namespace kabar::mt {

// One thing that must appear.
struct Requirement {
  std::vector<std::vector<int32_t>> spellings;  // any one of these token sequences, first preferred; none is empty
  std::vector<std::string> texts;  // also met when one of these stands in the output's text; empty for placeholders
  std::vector<int> sources;        // the source tokens that it belongs to, ascending; may be empty
};

// Where a hypothesis stands with the rules of its sentence.
struct RuleState {
  uint64_t met = 0;      // one bit per requirement
  int requirement = -1;  // being written, or -1
  int spelling = 0;
  int next = 0;            // its next token
  bool finishing = false;  // only what is missing may still come, then `tail`, then the end
  bool late = false;       // something was put at the end because nothing had placed it before
  int32_t tail = -1;       // the full stop that was taken off to put something before it; -1 = none
};

class SentenceRules {
 public:
  static constexpr int kRequirementsMax = 64;

  // Placeholders of `text` that the target vocabulary has, each of them once and no other, and the constraints.
  // `pieces` are the source tokens of the sentence, `placeholders` are placeholder_pieces(target).
  // limit: more than kRequirementsMax.
  static Result<SentenceRules> make(const Sentence& sentence, const SentenceConstraints& constraints,
                                    std::span<const EncodedPiece> pieces, const Vocabulary& target,
                                    std::span<const int32_t> placeholders, Language language);

  // From now on the pointer of the alignment head alone decides: for a second try, after a first one that came late.
  void make_eager() { eager_ = true; }
  bool empty() const { return required_.empty() && exclusive_.empty() && forbidden_.empty(); }
  // Everything that may be forced: a shortlist must hold these.
  std::vector<int32_t> tokens() const;

  bool all_met(const RuleState& state) const {
    return state.met == (required_.empty() ? 0 : ~uint64_t{0} >> (64 - required_.size()));
  }
  // The token that has to come next, if there is one: the rest of what was begun, or the beginning of what is missing
  // once the alignment head points at its place. `attention` is that head's row; `probability_of` gives the model's
  // probability for a token.
  template <typename Probability>
  std::optional<int32_t> forced(RuleState& state, std::span<const int32_t> tokens, std::span<const float> attention,
                                const Probability& probability_of) const {
    if (const std::optional<int32_t> token = continued(state)) return token;
    const int due = pointed_at(state, attention);
    if (due < 0) return std::nullopt;
    const Requirement& requirement = required_[static_cast<size_t>(due)];
    // A placeholder that the model knows comes by itself at the right time; the pointer alone may be a word early.
    if (!eager_ && requirement.texts.empty() &&
        probability_of(requirement.spellings.front().front()) < kProbabilityMin) {
      return std::nullopt;
    }
    return begin(state, due, tokens);
  }
  // The rest of what was begun; in the finish also what is missing, the full stop and the end.
  std::optional<int32_t> continued(RuleState& state) const;
  // Tokens that may not come next, given that none is forced: placeholders that are not missing, and the end while
  // something is.
  void forbid(const RuleState& state, std::vector<int32_t>& out) const;
  // Whether `tokens` followed by `token` would complete a forbidden text.
  bool completes_forbidden(std::span<const int32_t> tokens, int32_t token) const;
  // Notes that `tokens` now ends with a new token.
  void advance(RuleState& state, std::span<const int32_t> tokens) const;
  // Notes that tokens were taken off the end of `tokens`: required texts may have gone with them.
  void recount(RuleState& state, std::span<const int32_t> tokens) const;
  // From now on only what is missing and the end. True if the last of `tokens` is a full stop that has to be taken off
  // first, because something goes before it.
  bool finish(RuleState& state, std::span<const int32_t> tokens) const;

 private:
  static constexpr float kAttentionMin = 0.5f;
  static constexpr float kProbabilityMin = 0.02f;

  int first_missing(const RuleState& state) const;
  int pointed_at(const RuleState& state, std::span<const float> attention) const;
  int32_t begin(RuleState& state, int requirement, std::span<const int32_t> tokens) const;
  void note_texts(RuleState& state, std::span<const int32_t> tokens) const;

  bool eager_ = false;
  Vocabulary vocabulary_;
  std::vector<Requirement> required_;  // by their place in the source
  std::vector<int32_t> exclusive_;     // the placeholder pieces, ascending
  std::vector<std::string> forbidden_;
};

// The ids of the placeholders that are pieces of a vocabulary, ascending.
std::vector<int32_t> placeholder_pieces(const Vocabulary& vocabulary);

// The ids of the other pieces with a digit in them, ascending.
std::vector<int32_t> digit_pieces(const Vocabulary& vocabulary);

// How the target vocabulary writes `text` in the middle of a sentence. Chinese and Japanese put no blank before it.
std::vector<int32_t> spell(const Vocabulary& vocabulary, std::string_view text, Language language);

}  // namespace kabar::mt
