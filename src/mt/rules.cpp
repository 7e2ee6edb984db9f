#include "mt/rules.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "base/utf8.h"
#include "mt/placeholder.h"

namespace kabar::mt {
namespace {

constexpr std::string_view kFullStops[] = {".", "!", "?", "…", "。", "！", "？", "؟", "."};

bool is_full_stop(std::string_view piece) {
  constexpr std::string_view kBlank = "▁";
  if (piece.starts_with(kBlank)) piece.remove_prefix(kBlank.size());
  return std::find(std::begin(kFullStops), std::end(kFullStops), piece) != std::end(kFullStops);
}

// "<0xE2>": a byte of a character that has no piece of its own; the digits have theirs.
bool is_other_byte(std::string_view piece) {
  return piece.size() == 6 && piece.starts_with("<0x") && piece.ends_with('>') && !piece.starts_with("<0x3");
}

bool writes_blanks(Language language) { return language != Language::zh && language != Language::ja; }

std::vector<int> overlapping(std::span<const EncodedPiece> pieces, Span span) {
  std::vector<int> places;
  for (size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].span.overlaps(span)) places.push_back(static_cast<int>(i));
  }
  return places;
}

int count_of(std::string_view text, std::string_view wanted) {
  int count = 0;
  for (size_t at = text.find(wanted); at != text.npos; at = text.find(wanted, at + wanted.size())) ++count;
  return count;
}

// The placeholders of a text with their places, each kind and index once.
std::vector<std::pair<std::string, Span>> placeholders_of(std::string_view text) {
  std::vector<std::pair<std::string, Span>> found;
  int point = 0;
  for (size_t at = 0; at < text.size();) {
    const std::optional<Placeholder> placeholder = parse_placeholder(text.substr(at));
    if (placeholder) {
      const std::string name = to_string(*placeholder);
      const bool seen = std::any_of(found.begin(), found.end(), [&](const auto& one) { return one.first == name; });
      if (!seen) found.emplace_back(name, Span{point, point + kPlaceholderPoints});
      at += kPlaceholderBytes;
      point += kPlaceholderPoints;
    } else {
      for (++at; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xc0) == 0x80;) ++at;
      ++point;
    }
  }
  return found;
}

}  // namespace

std::vector<int32_t> placeholder_pieces(const Vocabulary& vocabulary) {
  std::vector<int32_t> ids;
  for (const char kind : kPlaceholderKinds) {
    for (int index = 0; index < kPlaceholdersPerKind; ++index) {
      if (const auto id = vocabulary.find(to_string({kind, index}))) ids.push_back(*id);
    }
  }
  std::sort(ids.begin(), ids.end());
  return ids;
}

std::vector<int32_t> digit_pieces(const Vocabulary& vocabulary) {
  std::vector<int32_t> ids;
  for (int32_t id = 0; id < vocabulary.size(); ++id) {
    const std::string_view piece = vocabulary.piece(id);
    if (parse_placeholder(piece) || vocabulary.is_control(id) || is_other_byte(piece)) continue;
    const std::u32string points = decode_utf8(piece);
    if (std::any_of(points.begin(), points.end(), [](char32_t c) { return u_isdigit(static_cast<UChar32>(c)); })) {
      ids.push_back(id);
    }
  }
  return ids;
}

std::vector<int32_t> spell(const Vocabulary& vocabulary, std::string_view text, Language language) {
  std::vector<int32_t> ids;
  if (!writes_blanks(language)) {
    // After a comma there is no blank; its own pieces are dropped again.
    const std::string behind = "、" + std::string(text);
    const std::vector<EncodedPiece> pieces = vocabulary.encode(behind);
    const bool straddles = std::any_of(pieces.begin(), pieces.end(), [](const EncodedPiece& piece) {
      return piece.span.begin < 1 && piece.span.end > 1;
    });
    for (const EncodedPiece& piece : pieces) {
      if (piece.span.begin >= 1) ids.push_back(piece.id);
    }
    if (!straddles && !ids.empty()) return ids;
    ids.clear();
  }
  for (const EncodedPiece& piece : vocabulary.encode(text)) ids.push_back(piece.id);
  return ids;
}

Result<SentenceRules> SentenceRules::make(const Sentence& sentence, const SentenceConstraints& constraints,
                                          std::span<const EncodedPiece> pieces, const Vocabulary& target,
                                          std::span<const int32_t> placeholders, Language language) {
  SentenceRules rules;
  rules.vocabulary_ = target;
  rules.exclusive_.assign(placeholders.begin(), placeholders.end());
  rules.forbidden_ = constraints.forbidden;
  if (!rules.exclusive_.empty()) {
    for (const auto& [name, span] : placeholders_of(sentence.text)) {
      if (const auto id = target.find(name)) {
        rules.required_.push_back({{{*id}}, {}, overlapping(pieces, span)});
      }
    }
  }
  for (const Constraint& constraint : constraints.required) {
    Requirement requirement{{}, constraint.targets, overlapping(pieces, constraint.source_span)};
    for (const std::string& text : constraint.targets) {
      std::vector<int32_t> spelling = spell(target, text, language);
      if (!spelling.empty()) requirement.spellings.push_back(std::move(spelling));
    }
    if (!requirement.spellings.empty()) rules.required_.push_back(std::move(requirement));
  }
  if (rules.required_.size() > kRequirementsMax) {
    return fail(ErrorKind::limit, "", "a sentence with more than 64 placeholders and required terms");
  }
  std::stable_sort(rules.required_.begin(), rules.required_.end(), [](const Requirement& a, const Requirement& b) {
    const int a_place = a.sources.empty() ? 0 : a.sources.front();
    return a_place < (b.sources.empty() ? 0 : b.sources.front());
  });
  return rules;
}

std::vector<int32_t> SentenceRules::tokens() const {
  std::vector<int32_t> ids;
  for (const Requirement& requirement : required_) {
    for (const std::vector<int32_t>& spelling : requirement.spellings) {
      ids.insert(ids.end(), spelling.begin(), spelling.end());
    }
  }
  return ids;
}

std::optional<int32_t> SentenceRules::continued(RuleState& state) const {
  if (state.requirement < 0 && state.finishing) {
    state.requirement = first_missing(state);
    state.spelling = state.next = 0;
    if (state.requirement < 0) return state.tail >= 0 ? state.tail : vocabulary_.end();
  }
  if (state.requirement < 0) return std::nullopt;
  return required_[static_cast<size_t>(state.requirement)]
      .spellings[static_cast<size_t>(state.spelling)][static_cast<size_t>(state.next)];
}

int SentenceRules::first_missing(const RuleState& state) const {
  for (size_t i = 0; i < required_.size(); ++i) {
    if ((state.met >> i & 1) == 0) return static_cast<int>(i);
  }
  return -1;
}

int SentenceRules::pointed_at(const RuleState& state, std::span<const float> attention) const {
  const auto most = std::max_element(attention.begin(), attention.end());
  if (most == attention.end() || (!eager_ && *most < kAttentionMin)) return -1;
  const int place = static_cast<int>(most - attention.begin());
  for (size_t i = 0; i < required_.size(); ++i) {
    const std::vector<int>& sources = required_[i].sources;
    if ((state.met >> i & 1) == 0 && std::binary_search(sources.begin(), sources.end(), place)) {
      return static_cast<int>(i);
    }
  }
  return -1;
}

// If the output already ends with the first tokens of a spelling, that is continued rather than begun again.
int32_t SentenceRules::begin(RuleState& state, int requirement, std::span<const int32_t> tokens) const {
  const Requirement& wanted = required_[static_cast<size_t>(requirement)];
  state.requirement = requirement;
  state.spelling = state.next = 0;
  for (size_t s = 0; s < wanted.spellings.size(); ++s) {
    const std::vector<int32_t>& spelling = wanted.spellings[s];
    for (size_t length = std::min(spelling.size() - 1, tokens.size()); length > static_cast<size_t>(state.next);
         --length) {
      if (std::equal(spelling.begin(), spelling.begin() + static_cast<ptrdiff_t>(length),
                     tokens.end() - static_cast<ptrdiff_t>(length))) {
        state.spelling = static_cast<int>(s);
        state.next = static_cast<int>(length);
        break;
      }
    }
  }
  return wanted.spellings[static_cast<size_t>(state.spelling)][static_cast<size_t>(state.next)];
}

void SentenceRules::forbid(const RuleState& state, std::vector<int32_t>& out) const {
  if (!all_met(state)) out.push_back(vocabulary_.end());
  for (const int32_t piece : exclusive_) {
    bool missing = false;
    for (size_t i = 0; i < required_.size(); ++i) {
      const Requirement& requirement = required_[i];
      missing = missing || ((state.met >> i & 1) == 0 && requirement.texts.empty() &&
                            requirement.spellings.front().front() == piece);
    }
    if (!missing) out.push_back(piece);
  }
}

bool SentenceRules::completes_forbidden(std::span<const int32_t> tokens, int32_t token) const {
  if (forbidden_.empty() || token == vocabulary_.end()) return false;
  std::vector<int32_t> longer(tokens.begin(), tokens.end());
  longer.push_back(token);
  const std::string text = vocabulary_.decode(longer).text;
  return std::any_of(forbidden_.begin(), forbidden_.end(),
                     [&](const std::string& one) { return !one.empty() && text.find(one) != text.npos; });
}

void SentenceRules::advance(RuleState& state, std::span<const int32_t> tokens) const {
  const int32_t token = tokens.back();
  if (state.requirement >= 0) {
    const size_t current = static_cast<size_t>(state.requirement);
    ++state.next;
    if (static_cast<size_t>(state.next) == required_[current].spellings[static_cast<size_t>(state.spelling)].size()) {
      state.met |= uint64_t{1} << current;
      state.requirement = -1;
    }
    return;
  }
  if (state.finishing) {
    if (token == state.tail) state.tail = -1;
    return;
  }
  for (size_t i = 0; i < required_.size(); ++i) {
    const Requirement& requirement = required_[i];
    if ((state.met >> i & 1) == 0 && requirement.texts.empty() && requirement.spellings.front().front() == token) {
      state.met |= uint64_t{1} << i;
      return;
    }
  }
  note_texts(state, tokens);
}

// A required text that the model wrote by itself counts, once per requirement that wants it.
void SentenceRules::note_texts(RuleState& state, std::span<const int32_t> tokens) const {
  std::string text;
  for (size_t i = 0; i < required_.size(); ++i) {
    if ((state.met >> i & 1) != 0 || required_[i].texts.empty()) continue;
    if (text.empty()) text = vocabulary_.decode(tokens).text;
    for (const std::string& wanted : required_[i].texts) {
      int claimed = 0;
      for (size_t j = 0; j < required_.size(); ++j) {
        const std::vector<std::string>& others = required_[j].texts;
        if ((state.met >> j & 1) != 0 && std::find(others.begin(), others.end(), wanted) != others.end()) ++claimed;
      }
      if (count_of(text, wanted) > claimed) {
        state.met |= uint64_t{1} << i;
        break;
      }
    }
  }
}

void SentenceRules::recount(RuleState& state, std::span<const int32_t> tokens) const {
  for (size_t i = 0; i < required_.size(); ++i) {
    if (!required_[i].texts.empty()) state.met &= ~(uint64_t{1} << i);
  }
  state.requirement = -1;
  note_texts(state, tokens);
}

bool SentenceRules::finish(RuleState& state, std::span<const int32_t> tokens) const {
  state.finishing = true;
  state.late = !all_met(state);
  if (!state.late || tokens.empty() || !is_full_stop(vocabulary_.piece(tokens.back()))) return false;
  state.tail = tokens.back();
  return true;
}

}  // namespace kabar::mt
