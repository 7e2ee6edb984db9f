#include "life/topic_names.h"

#include <gtest/gtest.h>

#include <filesystem>

namespace kabar::life {
namespace {

terms::Term term(std::string name, terms::TermKind kind, std::vector<std::string> english) {
  terms::Term made;
  made.id = name;
  made.kind = kind;
  made.term = std::move(name);
  if (kind == terms::TermKind::organisation) made.acronyms = {"BNPB"};
  made.renderings[Language::en].right = std::move(english);
  return made;
}

TopicNames make(std::string_view table, const std::vector<terms::Term>& terms) {
  Result<TopicNames> made = TopicNames::make(table, "topics.tsv", terms);
  EXPECT_TRUE(made.has_value());
  return *std::move(made);
}

TEST(TopicNames, ListComesBeforeTermbase) {
  const TopicNames names = make("topic\ten\tfr\nbanjir\tFloods\tInondations\n",
                                {term("banjir", terms::TermKind::term, {"flood"}),
                                 term("Badan Bencana", terms::TermKind::organisation, {"Disaster Agency", "BNPB"})});
  EXPECT_EQ(names.name("Banjir", Language::en), "Floods");
  EXPECT_EQ(names.name("banjir", Language::fr), "Inondations");
  EXPECT_EQ(names.name("BNPB", Language::en), "Disaster Agency");
}

TEST(TopicNames, PersonsKeepTheirWholeName) {
  terms::Term fajar = term("Fajar Alfian", terms::TermKind::person, {"Fajar", "Alfian"});
  fajar.renderings[Language::en].first = "Fajar Alfian";
  const TopicNames names =
      make("topic\ten\n", {fajar, term("Joko Widodo", terms::TermKind::person, {"Jokowi", "Joko Widodo"}),
                           term("Susi", terms::TermKind::person, {"Susi"})});
  EXPECT_EQ(names.name("Fajar Alfian", Language::en), "Fajar Alfian");
  EXPECT_EQ(names.name("Joko Widodo", Language::en), "Joko Widodo");
  EXPECT_EQ(names.name("Susi", Language::en), "Susi");
}

// A rendering with a star stands for several words; an idiom is never the name of a topic.
TEST(TopicNames, KnowsNothingRatherThanSomethingWrong) {
  const TopicNames names = make("topic\ten\nkopi\tCoffee\n", {term("hukum", terms::TermKind::term, {"law*"}),
                                                              term("angkat kaki", terms::TermKind::idiom, {"left"})});
  EXPECT_EQ(names.name("hukum", Language::en), "");
  EXPECT_EQ(names.name("angkat kaki", Language::en), "");
  EXPECT_EQ(names.name("kopi", Language::ja), "");
  EXPECT_EQ(names.name("teh", Language::en), "");
}

TEST(TopicNames, TableWithoutTopicsIsAnError) {
  EXPECT_FALSE(TopicNames::make("tag\ten\nkopi\tCoffee\n", "topics.tsv", {}).has_value());
}

// Every tag of the shipped list has a name in each language.
TEST(TopicNames, ShippedListIsComplete) {
  const Result<TopicNames> names = TopicNames::load(std::filesystem::path(KABAR_ROOT) / "data");
  ASSERT_TRUE(names.has_value()) << names.error().message;
  for (const Language language : {Language::en, Language::zh, Language::ja, Language::ar, Language::fr}) {
    for (const char* tag : {"banjir", "BNPB", "Jawa Tengah", "KPK", "sepak bola", "Bank Indonesia", "Vietnam"}) {
      EXPECT_NE(names->name(tag, language), "") << tag << " " << language.view();
    }
  }
}

}  // namespace
}  // namespace kabar::life
