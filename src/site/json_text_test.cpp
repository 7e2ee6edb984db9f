#include "site/json_text.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

namespace kabar::site {
namespace {

TEST(JsonText, EscapesAsTheLibraryDoes) {
  std::string every;
  for (int byte = 0; byte < 128; ++byte) every += static_cast<char>(byte);
  every += "é金利“–”\U0001F600";
  std::string out;
  append_json(out, every);
  EXPECT_EQ(out, nlohmann::json(every).dump());
}

TEST(JsonText, PutsCommasBetweenFieldsAndItems) {
  std::string out;
  JsonText json(out);
  json.begin_object();
  json.text("a", "x");
  json.begin_list("b");
  json.text("y");
  json.text("z");
  json.begin_object();
  json.end_object();
  json.end_list();
  json.begin_object("c");
  json.number("d", -1);
  json.flag("e", true);
  json.end_object();
  json.begin_list("f");
  json.end_list();
  json.end_object();
  EXPECT_EQ(out, R"({"a":"x","b":["y","z",{}],"c":{"d":-1,"e":true},"f":[]})");
}

}  // namespace
}  // namespace kabar::site
