// Finds many phrases in a text in one pass over a trie, with the edges and endings of each language.
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
    uint32_t head = 0, head_size = 0;  // in points_: literal up to the first `*` or the end
    int32_t form = -1;                 // index into forms_; -1: nothing but the head, in any case
  };
  struct Form {
    std::vector<std::u32string> rest;  // literals after each `*`; a last empty one means "any ending"
    std::u32string cased;              // the phrase as written; empty when case does not matter
  };
  struct Node {
    int32_t output = -1;  // first phrase that ends here (chained through next_)
    int32_t first = 0;    // its children: consecutive nodes, sorted by their label
    int32_t count = 0;
  };

  void add_one(std::string_view phrase, int id, bool same_case);
  std::u32string_view head(const Phrase& phrase) const {
    return std::u32string_view(points_).substr(phrase.head, phrase.head_size);
  }
  // The child over this point; 0 if there is none.
  int32_t step(const Node& node, char32_t point) const;
  // Whether the phrase, whose head ends at `end`, fits there; moves `end` behind its ending. The left edge is checked.
  bool accept(const Folded& text, const Phrase& phrase, size_t begin, size_t& end) const;
  // Whether a phrase may begin with these points: no for most places of a text, without a walk through the trie.
  bool may_start(std::u32string_view rest) const;

  Language language_;
  std::vector<Phrase> phrases_;
  std::u32string points_;  // the heads of all phrases: thousands of small strings would cost more
  std::vector<Form> forms_;
  std::vector<int32_t> next_;     // per phrase: the next that ends at the same node, -1 = none
  std::vector<Node> nodes_;       // level by level: the first levels, where most searches end, lie together
  std::vector<char32_t> labels_;  // per node: the point that leads to it
  std::vector<int32_t> roots_;    // child of the root per point of the first plane; 0 = none
  std::vector<uint64_t> starts_;  // a bit per hash of the first three points of a phrase, or of all of a shorter one
};

// Whether a word may begin at `begin`, and where the word that was matched up to `end` ends with an ending of the
// language; npos if other letters follow.
bool left_edge(std::u32string_view text, size_t begin, Language language);
size_t right_edge(std::u32string_view text, size_t end, Language language);

}  // namespace kabar::terms
