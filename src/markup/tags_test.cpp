#include "markup/tags.h"

#include <random>

#include <gtest/gtest.h>

#include "base/utf8.h"

namespace kabar::markup {
namespace {

// The text with its tags written in: "<a>Prabowo</a> pergi".
std::string shown(std::string_view text, const InlineTags& tags) {
  const std::u32string points = decode_utf8(text);
  std::string out;
  std::vector<const InlineTag*> open;
  size_t next = 0;
  for (int i = 0; i <= static_cast<int>(points.size()); ++i) {
    const auto close = [&] {
      while (!open.empty() && open.back()->span.end <= i) {
        out += "</" + open.back()->name + ">";
        open.pop_back();
      }
    };
    close();
    while (next < tags.size() && tags[next].span.begin == i) {
      out += "<" + tags[next].name + ">";
      open.push_back(&tags[next++]);
      close();
    }
    if (i < static_cast<int>(points.size())) append_utf8(out, points[static_cast<size_t>(i)]);
  }
  return out;
}

Alignment links(std::initializer_list<std::pair<Span, Span>> pairs) {
  Alignment alignment;
  for (const auto& [source, target] : pairs) alignment.push_back({source, target, 1.0f});
  return alignment;
}

TEST(ProjectTags, FollowTheWords) {
  // "rumah besar" → "big house": the emphasis stands on "besar".
  const Alignment alignment = links({{{0, 5}, {4, 9}}, {{6, 11}, {0, 3}}});
  EXPECT_EQ(shown("big house", project_tags({{"em", {6, 11}, {}}}, alignment, "rumah besar", "big house")),
            "<em>big</em> house");
}

TEST(ProjectTags, NamesThatStayAreFoundWithoutAlignment) {
  EXPECT_EQ(shown("Menurut Prabowo, tidak.",
                  project_tags({{"a", {5, 12}, {}}}, {}, "Kata Prabowo itu tidak.", "Menurut Prabowo, tidak.")),
            "Menurut <a>Prabowo</a>, tidak.");
}

TEST(ProjectTags, WholeSentencesStayWhole) {
  EXPECT_EQ(shown("Tout va bien.", project_tags({{"strong", {0, 10}, {}}}, {}, "Baik saja.", "Tout va bien.")),
            "<strong>Tout va bien.</strong>");
}

TEST(ProjectTags, NestedOnesStayNested) {
  const InlineTags tags = {{"a", {0, 11}, {}}, {"em", {6, 11}, {}}};
  const Alignment alignment = links({{{0, 5}, {4, 9}}, {{6, 11}, {0, 3}}, {{12, 17}, {10, 15}}});
  EXPECT_EQ(shown("big house burns", project_tags(tags, alignment, "rumah besar bakar", "big house burns")),
            "<a><em>big</em> house</a> burns");
}

TEST(ProjectTags, WithoutEvidenceTheyKeepTheirProportion) {
  EXPECT_EQ(
      shown("one two three four", project_tags({{"em", {5, 9}, {}}}, {}, "satu dua. tiga empat", "one two three four")),
      "one <em>two</em> three four");
}

TEST(ProjectTags, LineBreaksAndEmptyTargets) {
  EXPECT_EQ(shown("one two", project_tags({{"br", {8, 8}, {}}}, {}, "satu dua", "one two")), "one two<br></br>");
  const InlineTags tags = project_tags({{"a", {0, 4}, {}}}, {}, "satu", "");
  ASSERT_EQ(tags.size(), 1u);
  EXPECT_EQ(tags[0].span, (Span{0, 0}));
}

// Never lost, doubled or crossed, whatever the alignment claims.
TEST(ProjectTags, HoldForRandomInput) {
  std::mt19937 random(11);
  const auto below = [&](int n) { return n <= 0 ? 0 : static_cast<int>(random() % static_cast<unsigned>(n)); };
  const auto text_of = [&](int points) {
    std::string text;
    for (int i = 0; i < points; ++i) append_utf8(text, U"ab é.你 ,م"[below(10)]);
    return text;
  };
  for (int round = 0; round < 5'000; ++round) {
    const int source_points = below(40);
    const int target_points = below(40);
    InlineTags tags;
    // Random nesting: each tag takes a part of the last one or of what is behind it.
    std::vector<Span> rooms = {{0, source_points}};
    for (int i = below(6); i > 0; --i) {
      const Span room = rooms[static_cast<size_t>(below(static_cast<int>(rooms.size())))];
      const int begin = room.begin + below(room.size() + 1);
      const Span span{begin, begin + below(room.end - begin + 1)};
      tags.push_back({"t" + std::to_string(i), span, {}});
      if (!is_well_nested(tags, source_points)) tags.pop_back();
      rooms.push_back(span);
    }
    Alignment alignment;
    for (int i = below(30); i > 0; --i) {
      const int a = below(source_points + 3);
      const int b = below(target_points + 3);
      alignment.push_back({{a, a + below(8)}, {b, b + below(8)}, static_cast<float>(below(100)) / 100});
    }
    const std::string target = text_of(target_points);
    const InlineTags out = project_tags(tags, alignment, text_of(source_points), target);
    ASSERT_TRUE(is_well_nested(out, target_points)) << shown(target, out);
    ASSERT_EQ(out.size(), tags.size());
    std::vector<std::string> names;
    std::vector<std::string> expected;
    for (const InlineTag& tag : out) names.push_back(tag.name);
    for (const InlineTag& tag : tags) expected.push_back(tag.name);
    std::sort(names.begin(), names.end());
    std::sort(expected.begin(), expected.end());
    ASSERT_EQ(names, expected);
    if (tags.size() == 1 && !tags[0].span.empty() && target_points > 0) {
      ASSERT_FALSE(out[0].span.empty()) << shown(target, out);
    }
  }
}

}  // namespace
}  // namespace kabar::markup
