// Finds many phrases in a text in one pass, with the edges and endings of each language.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "terms/fold.h"

namespace kabar::terms {

struct PhraseMatch {
  int id = 0;        // as given to add()
  size_t begin = 0;  // folded points
  size_t end = 0;    // with the ending that the language allows
};

// Built once, then read by any number of threads.
class PhraseIndex {
 public:
  explicit PhraseIndex(Language language) : language_(language) {}

  // A phrase as people write it; `*` at the end of a word stands for any ending. With `same_case` its capitals must
  // be in the text, or the text is in capitals there. An empty phrase is ignored.
  // Adds also the plurals that are not made by an ending alone (English -ies, French -aux and inner plurals).
  void add(std::string_view phrase, int id, bool same_case = false);
  // Call once after the last add().
  void build();

  // All matches whose edges fit the language, in order of their begin; they may overlap.
  std::vector<PhraseMatch> find(const Folded& text) const;

  bool empty() const { return phrases_.empty(); }

 private:
  struct Phrase {
    int id = 0;
    uint32_t head = 0, head_size = 0;    // in points_: literal up to the first `*` or the end
    uint32_t cased = 0, cased_size = 0;  // in cased_: the phrase as written; nothing when case does not matter
    int32_t rest = -1;                   // index into rests_; -1: nothing but the head
  };
  using Rest = std::vector<std::u32string>;  // literals after each `*`; a last empty one means "any ending"
  struct Slot {
    uint32_t hash = 0;
    int32_t phrase = -1;  // the last added of those with this head (the others follow in next_); -1: a free slot
  };

  // `text`: as written where the case counts, else empty.
  void add_folded(std::u32string_view folded, int id, std::string_view text);
  std::u32string_view head(const Phrase& phrase) const {
    return std::u32string_view(points_).substr(phrase.head, phrase.head_size);
  }
  // The first phrase with this head, -1 if there is none.
  int32_t find_head(std::u32string_view points, uint32_t hash) const;
  // Whether the phrase, whose head ends at `end`, fits there; moves `end` behind its ending. The left edge is checked.
  bool accept(const Folded& text, const Phrase& phrase, size_t begin, size_t& end) const;
  // How long the heads are that begin like this: a bit for each length, the last one for all longer ones. 0 at most
  // places of a text.
  uint64_t lengths(std::u32string_view rest) const;

  Language language_;
  std::vector<Phrase> phrases_;
  std::u32string points_;  // the heads of all phrases: thousands of small strings would cost more
  std::u32string cased_;
  std::vector<Rest> rests_;
  std::vector<int32_t> next_;      // per phrase: the next with the same head, -1 = none
  std::vector<Slot> slots_;        // open addressing over the hash of a head; a power of two, at most half full
  std::vector<uint64_t> starts_;   // a bit per hash of the first three points of a head, or of all of a shorter one
  std::vector<uint64_t> lengths_;  // lengths of the heads, by a shorter part of that hash
  size_t size_max_ = 0;            // points of the longest head
  std::u32string scratch_;         // of add()
};

// Whether a word may begin at `begin`, and where the word that was matched up to `end` ends with an ending of the
// language; npos if other letters follow.
bool left_edge(std::u32string_view text, size_t begin, Language language);
size_t right_edge(std::u32string_view text, size_t end, Language language);

}  // namespace kabar::terms
