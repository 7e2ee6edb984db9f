// Mustache templates, parsed once and rendered often, and the data that they show.
// Of the language (mustache.5): variables, escaped or raw, sections, inverted sections, comments, "." and standalone
// lines. Not: partials (the theme expands them when it is loaded), lambdas, other delimiters, dotted names.
#pragma once
#include <cstdint>
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
  Data();
  Data(std::string text);
  Data(const char* text);
  Data(bool truth);
  Data(DataList list);

  // `name` must live as long as this: names are literals, or kept elsewhere. Objects have few fields, so they are
  // searched one by one. Setting a name again hides its first value.
  void set(std::string_view name, Data value);

  // Makes room for that many fields of an object that has many.
  void reserve(size_t fields);
  // For an object of very many fields that are found often: none can be set afterwards.
  void sort();

  // Null if this is no object or has no such field. `key` is name_key() of the name.
  const Data* find(std::string_view name, uint32_t key) const;
  bool truth() const;
  const std::string* text() const { return std::get_if<std::string>(&value_); }
  const DataList* list() const { return std::get_if<DataList>(&value_); }

 private:
  struct Field;
  using Object = std::vector<Field>;
  struct Sorted {
    Object fields;  // by their keys
  };
  std::variant<bool, std::string, DataList, Object, Sorted> value_;
};

struct Data::Field {
  uint32_t key;  // of the name
  std::string_view name;
  Data value;
};

inline Data::Data() : value_(Object()) {}
inline Data::Data(std::string text) : value_(std::move(text)) {}
inline Data::Data(const char* text) : value_(std::string(text)) {}
inline Data::Data(bool truth) : value_(truth) {}
inline Data::Data(DataList list) : value_(std::move(list)) {}

// Tells most names apart at the cost of one comparison: the length and three letters of it.
constexpr uint32_t name_key(std::string_view name) {
  if (name.empty()) return 0;
  const auto letter = [name](size_t at) { return static_cast<uint32_t>(static_cast<unsigned char>(name[at])); };
  return static_cast<uint32_t>(name.size() & 0xFF) | letter(name.size() - 1) << 8 | letter(name.size() / 2) << 16 |
         letter(name.size() / 4) << 24;
}

inline void Data::reserve(size_t fields) { std::get<Object>(value_).reserve(fields); }

inline void Data::set(std::string_view name, Data value) {
  Object& object = std::get<Object>(value_);
  constexpr size_t kFieldsOfMost = 8;
  if (object.capacity() == 0) object.reserve(kFieldsOfMost);
  object.push_back({name_key(name), name, std::move(value)});
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
    uint32_t key = 0;  // of the name
    size_t end = 0;    // of a section: the part behind its last one
  };
  void render(size_t begin, size_t end, std::vector<const Data*>& frames, std::string& out) const;

  std::vector<Part> parts_;
};

}  // namespace kabar::site
