#include "site/json_text.h"

namespace kabar::site {

void append_json(std::string& out, std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  out += '"';
  size_t done = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if (byte >= 0x20 && byte != '"' && byte != '\\') continue;
    out.append(text.substr(done, i - done));
    done = i + 1;
    constexpr std::string_view kShort = "\bb\tt\nn\ff\rr\"\"\\\\";  // a character, then its letter behind the backslash
    size_t at = 0;
    while (at < kShort.size() && kShort[at] != text[i]) at += 2;
    out += '\\';
    if (at < kShort.size()) {
      out += kShort[at + 1];
    } else {
      out.append("u00") += kHex[byte >> 4];
      out += kHex[byte & 15];
    }
  }
  out.append(text.substr(done)) += '"';
}

void JsonText::item() {
  if (!first_) out_ += ',';
  first_ = false;
}

void JsonText::name(std::string_view name) {
  item();
  append_json(out_, name);
  out_ += ':';
}

void JsonText::text(std::string_view field, std::string_view value) {
  name(field);
  append_json(out_, value);
}

void JsonText::number(std::string_view field, int64_t value) {
  name(field);
  out_ += std::to_string(value);
}

void JsonText::flag(std::string_view field, bool value) {
  name(field);
  out_ += value ? "true" : "false";
}

void JsonText::begin_object(std::string_view field) {
  name(field);
  out_ += '{';
  first_ = true;
}

void JsonText::begin_list(std::string_view field) {
  name(field);
  out_ += '[';
  first_ = true;
}

void JsonText::texts(std::string_view field, std::span<const std::string> values) {
  begin_list(field);
  for (const std::string& value : values) text(value);
  end_list();
}

void JsonText::text(std::string_view value) {
  item();
  append_json(out_, value);
}

void JsonText::begin_object() {
  item();
  out_ += '{';
  first_ = true;
}

void JsonText::end_object() {
  out_ += '}';
  first_ = false;
}

void JsonText::end_list() {
  out_ += ']';
  first_ = false;
}

}  // namespace kabar::site
