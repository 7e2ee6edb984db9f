#include "terms/tmx.h"

#include <gtest/gtest.h>

namespace kabar::terms {
namespace {

std::vector<MemoryEntry> read(std::string_view text, Result<void>* result = nullptr, size_t piece = 7) {
  std::vector<MemoryEntry> entries;
  TmxReader reader("m.tmx", Language::id, Language::en,
                   [&](MemoryEntry entry) { entries.push_back(std::move(entry)); });
  Result<void> done;
  for (size_t at = 0; at < text.size() && done; at += piece) done = reader.feed(text.substr(at, piece));
  if (done) done = reader.finish();
  if (result != nullptr) *result = done;
  return entries;
}

TEST(Tmx, WhatIsWrittenReadsTheSame) {
  const MemoryEntry entry{"Harga <naik> & \"turun\".", "Prices 5 > 3.", "Tadi.", "ani", "2026-01-31", "a/1"};
  const std::string text = tmx_header(Language::id, "1") + tmx_unit(entry, Language::id, Language::en) + tmx_footer();
  const std::vector<MemoryEntry> entries = read(text);
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0], entry);
}

// The habits of other tools, by the specification: a document type, other cases, regions, inline tags, more languages.
TEST(Tmx, ReadsFilesOfOtherTools) {
  Result<void> result;
  const std::vector<MemoryEntry> entries = read(
      "<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\"><header "
      "srclang=\"*all*\"/><body>"
      "<tu tuid=\"7\" creationid=\"Bob\" creationdate=\"20250203T101112Z\"><note>n</note>"
      "<tuv xml:lang=\"IN-ID\"><seg>Klik <bpt i=\"1\">&lt;b&gt;</bpt><hi>di sini</hi><ept "
      "i=\"1\">&lt;/b&gt;</ept>.</seg></tuv>"
      "<tuv lang=\"EN-us\"><seg>Click <ph x=\"1\">{0}</ph>here.</seg></tuv>"
      "<tuv xml:lang=\"fr\"><seg>Cliquez ici.</seg></tuv></tu>"
      "<tu><tuv xml:lang=\"fr\"><seg>Seul.</seg></tuv></tu></body></tmx>",
      &result);
  ASSERT_TRUE(result.has_value()) << result.error().text();
  ASSERT_EQ(entries.size(), 1u);
  EXPECT_EQ(entries[0].source, "Klik di sini.");
  EXPECT_EQ(entries[0].target, "Click here.");
  EXPECT_EQ(entries[0].confirmed_by, "Bob");
  EXPECT_EQ(entries[0].confirmed_on, "2025-02-03");
}

TEST(Tmx, FaultsNameTheLineAndEntitiesAreNotExpanded) {
  Result<void> result;
  read("<tmx>\n<body>\n<tu></body></tmx>", &result);
  EXPECT_EQ(result.error().text(), "m.tmx:3: no readable TMX: mismatched tag");
  read("<!DOCTYPE t [<!ENTITY a \"aaaa\">]>\n<tmx/>", &result);
  EXPECT_EQ(result.error().text(), "m.tmx:1: no readable TMX: declares entities, which are not read");
}

}  // namespace
}  // namespace kabar::terms
