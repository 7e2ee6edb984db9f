// Mustache templates, parsed once and rendered often, and the data that they show.
// Of the language (mustache.5): variables, escaped or raw, sections, inverted sections, comments, "." and standalone
// lines. Not: partials (the theme expands them when it is loaded), lambdas, other delimiters, dotted names.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/result.h"

namespace kabar::site {

class Data;
using DataList = std::vector<Data>;

// A text, a truth, a list, or an object of named values. An empty text or list counts as false.
class Data {
 public:
  Data() : value_(Object()) {}
  Data(std::string text) : value_(std::move(text)) {}
  Data(const char* text) : value_(std::string(text)) {}
  Data(bool truth) : value_(truth) {}
  Data(DataList list) : value_(std::move(list)) {}

  // `name` must live as long as this: names are literals, or kept elsewhere. Objects have few fields, so they are
  // searched one by one. Setting a name again hides its first value.
  void set(std::string_view name, Data value);

  // Null if this is no object or has no such field.
  const Data* find(std::string_view name) const;
  bool truth() const;
  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const DataList* list() const { return std::get_if<DataList>(&value_); }

 private:
  struct Field;
  using Object = std::vector<Field>;
  std::variant<bool, std::string, DataList, Object> value_;
};

struct Data::Field {
  std::string_view name;
  Data value;
};

inline void Data::set(std::string_view name, Data value) {
  std::get<Object>(value_).push_back({name, std::move(value)});
}

class MustacheTemplate {
 public:
  // bad_input for a tag or section that does not end, ends twice, or that this language does not have; `place` is
  // named in the error. Sections may be nested 64 deep.
  static Result<MustacheTemplate> parse(std::string_view text, const std::string& place);

  // Names are looked up in the last frame first. Thread-safe. Text is escaped for HTML.
  void render(std::initializer_list<const Data*> frames, std::string& out) const;

 private:
  enum class Kind { text, escaped, raw, section, inverted };
  struct Part {
    Kind kind;
    std::string text;  // or the name
    size_t end = 0;    // of a section: the part behind its last one
  };
  void render(size_t begin, size_t end, std::vector<const Data*>& frames, std::string& out) const;

  std::vector<Part> parts_;
};

}  // namespace kabar::site
