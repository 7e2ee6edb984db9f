#include "site/mustache.h"

#include <gtest/gtest.h>

namespace kabar::site {
namespace {

std::string render(std::string_view text, const Data& data, const Data& outer = {}) {
  const Result<MustacheTemplate> parsed = MustacheTemplate::parse(text, "test.mustache");
  if (!parsed) return "error: " + parsed.error().text();
  std::string out;
  parsed->render({&outer, &data}, out);
  return out;
}

TEST(Mustache, EscapesVariablesUnlessTheyAreRaw) {
  Data data;
  data.set("name", "<b> & \"co\"");
  EXPECT_EQ(render("{{name}}", data), "&lt;b&gt; &amp; &quot;co&quot;");
  EXPECT_EQ(render("{{{name}}}{{&name}}", data), "<b> & \"co\"<b> & \"co\"");
  EXPECT_EQ(render("[{{ missing }}]", data), "[]");
}

TEST(Mustache, SectionsRepeatListsAndHideWhatIsFalse) {
  Data item;
  item.set("n", "1");
  Data data;
  data.set("list", DataList{item, item});
  data.set("none", DataList());
  data.set("yes", true);
  data.set("no", false);
  data.set("text", "t");
  data.set("empty", "");
  EXPECT_EQ(render("{{#list}}<{{n}}{{text}}>{{/list}}", data), "<1t><1t>");
  EXPECT_EQ(render("{{#none}}a{{/none}}{{^none}}b{{/none}}", data), "b");
  EXPECT_EQ(render("{{#yes}}a{{/yes}}{{#no}}b{{/no}}{{^no}}c{{/no}}{{^missing}}d{{/missing}}", data), "acd");
  EXPECT_EQ(render("{{#text}}<{{text}}>{{/text}}{{#empty}}x{{/empty}}", data), "<t>");
}

TEST(Mustache, SortedFieldsAreFoundAsInTheirFirstOrder) {
  Data data;
  const std::vector<std::string> names = {"title", "citle", "a", "lang", "fang", "dir"};  // some have the same key
  for (const std::string& name : names) data.set(name, "old " + name);
  for (const std::string& name : names) data.set(name, "new " + name);
  data.sort();
  for (const std::string& name : names) EXPECT_EQ(render("{{" + name + "}}", data), "new " + name);
  EXPECT_EQ(render("[{{mitle}}{{missing}}]{{#a}}!{{/a}}", data), "[]!");
}

TEST(Mustache, APointIsTheItemItself) {
  Data data;
  data.set("words", DataList{Data("a"), Data("<")});
  EXPECT_EQ(render("{{#words}}({{.}}){{/words}}", data), "(a)(&lt;)");
}

TEST(Mustache, TheInnerNameWinsAlsoWhenItIsEmpty) {
  Data outer;
  outer.set("title", "outer");
  outer.set("home", "/");
  Data data;
  data.set("title", "");
  EXPECT_EQ(render("{{title}}{{home}}", data, outer), "/");
}

TEST(Mustache, ATagAloneInItsLineTakesTheLineWithIt) {
  Data data;
  data.set("yes", true);
  EXPECT_EQ(render("a\n  {{#yes}}\nb\n{{/yes}}\nc\n{{! note }}\nd", data), "a\nb\nc\nd");
  EXPECT_EQ(render("{{#yes}}\nb\n{{/yes}}", data), "b\n");
  EXPECT_EQ(render("x {{#yes}}\nb{{/yes}} y", data), "x \nb y");
}

TEST(Mustache, FaultsNameTheirPlace) {
  for (const char* text : {"{{#a}}", "{{/a}}", "{{#a}}{{/b}}", "{{a", "{{{a}}", "{{}}", "{{> part}}", "{{=<% %>=}}"}) {
    const Result<MustacheTemplate> parsed = MustacheTemplate::parse(text, "test.mustache");
    ASSERT_FALSE(parsed) << text;
    EXPECT_TRUE(parsed.error().text().starts_with("test.mustache")) << parsed.error().text();
  }
}

}  // namespace
}  // namespace kabar::site
