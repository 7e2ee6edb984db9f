#include "terms/memory.h"

#include <gtest/gtest.h>

namespace kabar::terms {
namespace {

Memory sample() {
  Memory memory(Language::id, Language::en);
  memory.add(
      {"Harga beras naik 5 persen di Jakarta.", "Rice prices rose 5 percent in Jakarta.", "", "ani", "2026-01-02", ""});
  memory.add({"Saya setuju.", "I agree.", "Apakah Anda setuju?", "ani", "2026-01-01", ""});
  memory.add({"Saya setuju.", "Agreed.", "", "budi", "2026-02-01", ""});
  memory.add({"Banjir merendam tiga desa di Demak.", "Floods inundated three villages in Demak.", "", "ani", "", ""});
  return memory;
}

TEST(Memory, TheSentenceBeforeDecidesBetweenExactMatches) {
  const Memory memory = sample();
  EXPECT_EQ(memory.exact("Saya setuju.", "Apakah Anda setuju?")->entry->target, "I agree.");
  EXPECT_EQ(memory.exact("Saya setuju.", "Apakah Anda setuju?")->similarity, 1.0f);
  EXPECT_EQ(memory.exact("Saya setuju.")->entry->target, "Agreed.");  // the newest
  EXPECT_LT(memory.exact("Saya setuju.")->similarity, 1.0f);
  EXPECT_FALSE(memory.exact("saya setuju.").has_value());
}

TEST(Memory, ANewerEntryReplacesTheOlderOne) {
  Memory memory = sample();
  memory.add({"Saya setuju.", "I do agree.", "", "citra", "2026-03-01", ""});
  EXPECT_EQ(memory.exact("Saya setuju.")->entry->confirmed_by, "citra");
}

TEST(Memory, FindsTheNearestSentences) {
  const Memory memory = sample();
  const std::vector<MemoryMatch> matches = memory.fuzzy("Harga beras naik 7 persen di Jakarta.");
  ASSERT_FALSE(matches.empty());
  EXPECT_EQ(matches[0].entry->target, "Rice prices rose 5 percent in Jakarta.");
  EXPECT_NEAR(matches[0].similarity, 1 - 0.5f / 7, 0.001f);  // one number of seven words
  EXPECT_EQ(memory.fuzzy("Banjir merendam empat desa di Demak.")[0].entry->confirmed_by, "ani");
  EXPECT_TRUE(memory.fuzzy("Gempa mengguncang Ambon.").empty());
  EXPECT_TRUE(memory.fuzzy("").empty());
}

TEST(Memory, FiguresAreRepairedWhenNothingElseDiffers) {
  const MemoryEntry entry = sample().entries()[0];
  EXPECT_EQ(repair_figures(entry, "Harga beras naik 7 persen di Jakarta.", Language::id, Language::en)
                .value_or("?")
                .find("Rice prices rose 7"),
            0u);
  EXPECT_FALSE(repair_figures(entry, "Harga gula naik 7 persen di Jakarta.", Language::id, Language::en).has_value());
}

// The prefix filter must lose no match: compared with plain search over random sentences.
TEST(Memory, FindsWhatAPlainSearchFinds) {
  Memory memory(Language::id, Language::en);
  uint32_t state = 7;
  const auto random = [&](uint32_t below) {
    return (state = state * 1664525u + 1013904223u) >> 8 & 0xFFFF ? (state >> 8) % below : 0;
  };
  const auto sentence = [&] {
    std::string text;
    const uint32_t words = 4 + random(8);
    for (uint32_t i = 0; i < words; ++i) text += "k" + std::string(1, static_cast<char>('a' + random(20))) + " ";
    return text;
  };
  std::vector<std::string> texts;
  for (int i = 0; i < 500; ++i) {
    texts.push_back(sentence());
    memory.add({texts.back(), "x", "", "", "", ""});
  }
  int found = 0;
  for (int i = 0; i < 100; ++i) {
    std::string query = texts[random(500)];
    query.replace(random(static_cast<uint32_t>(query.size() / 3)) * 3, 2, "kz");
    const std::vector<MemoryMatch> matches = memory.fuzzy(query, {.similarity_min = 0.75f, .count_max = 500});
    for (const MemoryMatch& match : matches) EXPECT_GE(match.similarity, 0.75f);
    found += !matches.empty();
  }
  EXPECT_GE(found, 95);  // one word of four to eleven was changed
}

}  // namespace
}  // namespace kabar::terms
