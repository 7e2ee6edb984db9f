#include "site/mustache.h"

#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "site/html.h"

namespace kabar::site {
namespace {

constexpr size_t kSectionDepthMax = 64;

const Data* look_up(const std::vector<const Data*>& frames, std::string_view name, uint32_t key) {
  if (name == ".") return frames.back();
  for (size_t i = frames.size(); i > 0; --i) {
    if (const Data* const found = frames[i - 1]->find(name, key)) return found;
  }
  return nullptr;
}

std::string_view trimmed(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\n"), text.size()));
  return text.substr(0, text.find_last_not_of(" \t\n") + 1);
}

struct Tag {
  char kind = ' ';  // one of "#^/!{&", or a blank for an escaped variable
  std::string_view name;
  size_t begin = 0;
  size_t end = 0;  // behind the closing braces
};

// A section tag or comment that is alone in its line takes the line with it.
void widen_if_alone(std::string_view text, Tag& tag) {
  const size_t before = text.find_last_not_of(" \t", tag.begin == 0 ? 0 : tag.begin - 1);
  const bool starts = tag.begin == 0 || before == std::string_view::npos || text[before] == '\n';
  const size_t after = text.find_first_not_of(" \t\r", tag.end);
  const bool ends = after == std::string_view::npos || text[after] == '\n';
  if (!starts || !ends) return;
  tag.begin = tag.begin == 0 || before == std::string_view::npos ? 0 : before + 1;
  tag.end = after == std::string_view::npos ? text.size() : after + 1;
}

Result<Tag> read_tag(std::string_view text, size_t at, const std::string& place) {
  Tag tag{.begin = at};
  const bool triple = text.substr(at, 3) == "{{{";
  const std::string_view close = triple ? "}}}" : "}}";
  const size_t inside = at + close.size();
  const size_t end = text.find(close, inside);
  const auto line = 1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(at), '\n');
  const std::string where = fmt::format("{}:{}", place, line);
  if (end == std::string_view::npos) return fail(ErrorKind::bad_input, where, "a tag does not end");
  tag.end = end + close.size();
  std::string_view body = trimmed(text.substr(inside, end - inside));
  if (triple) {
    tag.kind = '{';
  } else if (!body.empty() && std::string_view("#^/!&").find(body.front()) != std::string_view::npos) {
    tag.kind = body.front();
    body = trimmed(body.substr(1));
  } else if (!body.empty() && (body.front() == '=' || body.front() == '>')) {
    return fail(ErrorKind::bad_input, where, fmt::format("tags with \"{}\" are not known here", body.front()));
  }
  tag.name = body;
  if (tag.kind != '!' && body.empty()) return fail(ErrorKind::bad_input, where, "a tag without a name");
  if (tag.kind == '#' || tag.kind == '^' || tag.kind == '/' || tag.kind == '!') widen_if_alone(text, tag);
  return tag;
}

}  // namespace

void Data::sort() {
  Object fields = std::get<Object>(std::move(value_));
  std::ranges::stable_sort(fields, {}, &Field::key);
  value_ = Sorted{std::move(fields)};
}

const Data* Data::find(std::string_view name, uint32_t key) const {
  std::span<const Field> fields;
  if (const Object* const object = std::get_if<Object>(&value_)) fields = *object;
  if (const Sorted* const sorted = std::get_if<Sorted>(&value_)) {
    const Object& sorted_fields = sorted->fields;
    const auto begin = std::ranges::lower_bound(sorted_fields, key, {}, &Field::key);
    fields = {begin, std::ranges::upper_bound(begin, sorted_fields.end(), key, {}, &Field::key)};
  }
  for (size_t i = fields.size(); i > 0; --i) {
    const Field& field = fields[i - 1];
    if (field.key == key && field.name == name) return &field.value;
  }
  return nullptr;
}

bool Data::truth() const {
  if (const bool* const truth = std::get_if<bool>(&value_)) return *truth;
  if (const std::string* const text = this->text()) return !text->empty();
  if (const DataList* const list = this->list()) return !list->empty();
  return true;
}

Result<MustacheTemplate> MustacheTemplate::parse(std::string_view text, const std::string& place) {
  MustacheTemplate result;
  std::vector<size_t> open;  // sections
  size_t done = 0;
  for (size_t at = text.find("{{"); at != std::string_view::npos; at = text.find("{{", done)) {
    KABAR_ASSIGN(const Tag tag, read_tag(text, at, place));
    if (tag.begin > done) result.parts_.push_back({Kind::text, std::string(text.substr(done, tag.begin - done))});
    done = tag.end;
    const std::string name(tag.name);
    if (tag.kind == '!') continue;
    if (tag.kind == '/') {
      if (open.empty() || result.parts_[open.back()].text != name) {
        return fail(ErrorKind::bad_input, place, fmt::format("{{{{/{}}}}} ends no section", name));
      }
      result.parts_[open.back()].end = result.parts_.size();
      open.pop_back();
    } else if (tag.kind == '#' || tag.kind == '^') {
      if (open.size() == kSectionDepthMax) return fail(ErrorKind::bad_input, place, "sections are nested too deep");
      open.push_back(result.parts_.size());
      result.parts_.push_back({tag.kind == '#' ? Kind::section : Kind::inverted, name, name_key(name)});
    } else {
      result.parts_.push_back({tag.kind == ' ' ? Kind::escaped : Kind::raw, name, name_key(name)});
    }
  }
  if (!open.empty()) {
    return fail(ErrorKind::bad_input, place,
                fmt::format("section {{{{#{}}}}} does not end", result.parts_[open.back()].text));
  }
  if (done < text.size()) result.parts_.push_back({Kind::text, std::string(text.substr(done))});
  return result;
}

void MustacheTemplate::render(std::initializer_list<const Data*> frames, std::string& out) const {
  std::vector<const Data*> stack(frames);
  render(0, parts_.size(), stack, out);
}

void MustacheTemplate::render(size_t begin, size_t end, std::vector<const Data*>& frames, std::string& out) const {
  for (size_t i = begin; i < end; ++i) {
    const Part& part = parts_[i];
    if (part.kind == Kind::text) {
      out += part.text;
      continue;
    }
    const Data* const value = look_up(frames, part.text, part.key);
    if (part.kind == Kind::escaped || part.kind == Kind::raw) {
      const std::string* const text = value == nullptr ? nullptr : value->text();
      if (text != nullptr && part.kind == Kind::raw) out += *text;
      if (text != nullptr && part.kind == Kind::escaped) append_escaped(out, *text);
      continue;
    }
    const bool truth = value != nullptr && value->truth();
    if (part.kind == Kind::inverted) {
      if (!truth) render(i + 1, part.end, frames, out);
    } else if (truth) {
      const DataList* const list = value->list();
      const size_t times = list == nullptr ? 1 : list->size();
      for (size_t k = 0; k < times; ++k) {
        frames.push_back(list == nullptr ? value : &(*list)[k]);
        render(i + 1, part.end, frames, out);
        frames.pop_back();
      }
    }
    i = part.end - 1;
  }
}

}  // namespace kabar::site
