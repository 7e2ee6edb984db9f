#include "terms/name_table.h"

#include <gtest/gtest.h>

namespace kabar::terms {
namespace {

TEST(NameTable, HasTheFormsOfEachScript) {
  const Result<NameTable> table = NameTable::make("name\tzh\tja\tar\nMichael\t迈克尔\tマイケル\tمايكل\n", "names.tsv");
  ASSERT_TRUE(table);
  EXPECT_EQ(table->form("Michael", Language::zh), "迈克尔");
  EXPECT_EQ(table->form("Michael", Language::ja), "マイケル");
  EXPECT_EQ(table->form("Michael", Language::ar), "مايكل");
  EXPECT_EQ(table->form("Michael", Language::en), "");
  EXPECT_EQ(table->form("michael", Language::zh), "");
  EXPECT_EQ(table->form("Mikael", Language::zh), "");
}

TEST(NameTable, SaysWhereARowIsWrong) {
  const auto error = [](std::string text) {
    const Result<NameTable> table = NameTable::make(std::move(text), "names.tsv");
    return table ? std::string() : table.error().place + ": " + table.error().message;
  };
  const std::string header = "name\tzh\tja\tar\n";
  EXPECT_EQ(error("name\tzh\n"), "names.tsv:1: the columns must be name, zh, ja, ar");
  EXPECT_EQ(error(header + "Ann\t安\tアン\n"), "names.tsv:2: a name and its three forms are wanted");
  EXPECT_EQ(error(header + "# note\nAnn\t安\t\tآن\n"), "names.tsv:3: a cell is empty");
  EXPECT_EQ(error(header + "Ann\t安\tアン\tآن\nAnn\t安\tアン\tآن\n"), "names.tsv:3: 'Ann' occurs twice");
  EXPECT_EQ(error(header + "Ann\t\xFF\tアン\tآن\n").substr(0, 11), "names.tsv:2");
}

}  // namespace
}  // namespace kabar::terms
