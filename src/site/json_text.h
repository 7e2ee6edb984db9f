// JSON written straight into a text, for what every page has: a tree of values costs several times as much to build
// as its text. Nothing checks that the calls fit together.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace kabar::site {

// With its quotes. Only what must be escaped is: quotes, backslashes and control characters.
void append_json(std::string& out, std::string_view text);

class JsonText {
 public:
  explicit JsonText(std::string& out) : out_(out) {}

  // Fields of an object.
  void text(std::string_view name, std::string_view value);
  void number(std::string_view name, int64_t value);
  void flag(std::string_view name, bool value);
  void begin_object(std::string_view name);
  void begin_list(std::string_view name);
  void texts(std::string_view name, std::span<const std::string> values);  // a list of them

  // Items of a list, and the whole.
  void text(std::string_view value);
  void begin_object();

  void end_object();
  void end_list();

 private:
  void item();
  void name(std::string_view name);

  std::string& out_;
  bool first_ = true;  // of the open object or list
};

}  // namespace kabar::site
