#include "terms/tmx.h"

#include <algorithm>

#include <expat.h>
#include <fmt/format.h>

#include "base/utf8.h"
#include "terms/xml.h"

namespace kabar::terms {
namespace {

constexpr size_t kSegmentBytesMax = 1u << 20;
constexpr int kDepthMax = 64;

// "20260131T120000Z" to "2026-01-31"; anything else is kept out.
std::string day_of(std::string_view date) {
  const bool digits =
      date.size() >= 8 && std::all_of(date.begin(), date.begin() + 8, [](char c) { return c >= '0' && c <= '9'; });
  return digits ? fmt::format("{}-{}-{}", date.substr(0, 4), date.substr(4, 2), date.substr(6, 2)) : std::string();
}

}  // namespace

struct TmxReader::State {
  std::string name;
  Language source;
  Language target;
  OnEntry on_entry;
  XML_Parser parser = nullptr;
  std::string error;  // what a handler refused
  int depth = 0;
  int skip = 0;  // depth of the inline element whose text is left out, 0 = none
  bool in_segment = false;
  Language language;  // of the tuv
  std::string text;
  std::string* property = nullptr;
  std::string property_text;
  MemoryEntry entry;

  void fail_with(std::string message) {
    if (error.empty()) error = std::move(message);
    XML_StopParser(parser, XML_FALSE);
  }

  void start(std::string_view element, const char** attributes) {
    if (++depth > kDepthMax) return fail_with(fmt::format("nested deeper than {}", kDepthMax));
    if (element == "tu") {
      entry = {};
      entry.confirmed_by = xml_attribute(attributes, "changeid", xml_attribute(attributes, "creationid", ""));
      entry.confirmed_on =
          day_of(xml_attribute(attributes, "changedate", xml_attribute(attributes, "creationdate", "")));
    } else if (element == "tuv") {
      const std::string code = xml_attribute(attributes, "xml:lang", xml_attribute(attributes, "lang", ""));
      language = primary_language(code);
      if (language == target) {
        const std::string who = xml_attribute(attributes, "changeid", xml_attribute(attributes, "creationid", ""));
        if (!who.empty()) entry.confirmed_by = who;
      }
    } else if (element == "seg") {
      in_segment = true;
      text.clear();
    } else if (element == "prop") {
      const std::string type = xml_attribute(attributes, "type", "");
      property = type == "kabar:before" || type == "x-context-pre" || type == "prev" ? &entry.before
                 : type == "kabar:note"                                              ? &entry.note
                                                                                     : nullptr;
      property_text.clear();
    } else if (in_segment && skip == 0 && element != "hi" && element != "sub") {
      skip = depth;
    }
  }

  void end(std::string_view element) {
    if (skip == depth) skip = 0;
    --depth;
    if (element == "seg") {
      in_segment = false;
      if (language == source && entry.source.empty()) entry.source = to_nfc(text);
      if (language == target && entry.target.empty()) entry.target = to_nfc(text);
    } else if (element == "prop") {
      if (property != nullptr) *property = property_text;
      property = nullptr;
    } else if (element == "tu") {
      if (!entry.source.empty() && !entry.target.empty()) on_entry(std::move(entry));
      entry = {};
    }
  }

  void characters(std::string_view piece) {
    if (property != nullptr) property_text += piece;
    if (!in_segment || skip != 0) return;
    text += piece;
    if (text.size() > kSegmentBytesMax) fail_with("a segment is larger than 1 MiB");
  }
};

namespace {

void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
  static_cast<TmxReader::State*>(data)->start(name, attributes);
}
void on_end(void* data, const XML_Char* name) { static_cast<TmxReader::State*>(data)->end(name); }
void on_text(void* data, const XML_Char* text, int length) {
  static_cast<TmxReader::State*>(data)->characters({text, static_cast<size_t>(length)});
}
void on_entity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*,
               const XML_Char*, const XML_Char*) {
  static_cast<TmxReader::State*>(data)->fail_with("declares entities, which are not read");
}

}  // namespace

TmxReader::TmxReader(std::string name, Language source, Language target, OnEntry on_entry_found) : state_(new State) {
  state_->name = std::move(name);
  state_->source = source;
  state_->target = target;
  state_->on_entry = std::move(on_entry_found);
  state_->parser = XML_ParserCreate(nullptr);
  KABAR_CHECK(state_->parser != nullptr);
  XML_SetUserData(state_->parser, state_);
  XML_SetElementHandler(state_->parser, on_start, on_end);
  XML_SetCharacterDataHandler(state_->parser, on_text);
  XML_SetEntityDeclHandler(state_->parser, on_entity);
}

TmxReader::~TmxReader() {
  XML_ParserFree(state_->parser);
  delete state_;
}

Result<void> TmxReader::parse(std::string_view bytes, bool last) {
  const XML_Status status = XML_Parse(state_->parser, bytes.data(), static_cast<int>(bytes.size()), last ? 1 : 0);
  if (status == XML_STATUS_OK) return {};
  const std::string place = fmt::format("{}:{}", state_->name, XML_GetCurrentLineNumber(state_->parser));
  const std::string reason = state_->error.empty() ? XML_ErrorString(XML_GetErrorCode(state_->parser)) : state_->error;
  return fail(ErrorKind::bad_input, place, fmt::format("no readable TMX: {}", reason));
}

Result<void> TmxReader::feed(std::string_view bytes) {
  constexpr size_t kPiece = 1u << 20;
  for (; bytes.size() > kPiece; bytes.remove_prefix(kPiece)) KABAR_TRY(parse(bytes.substr(0, kPiece), false));
  return parse(bytes, false);
}

Result<void> TmxReader::finish() { return parse({}, true); }

std::string tmx_header(Language source, std::string_view tool_version) {
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n"
      "<header creationtool=\"kabar\" creationtoolversion=\"{}\" segtype=\"sentence\" o-tmf=\"kabar\" adminlang=\"en\" "
      "srclang=\"{}\" datatype=\"plaintext\"/>\n<body>\n",
      xml_escape(tool_version), source.view());
}

std::string tmx_unit(const MemoryEntry& entry, Language source, Language target) {
  std::string out = "<tu";
  if (!entry.confirmed_by.empty()) out += fmt::format(" changeid=\"{}\"", xml_escape(entry.confirmed_by));
  if (entry.confirmed_on.size() == 10) {
    std::string day = entry.confirmed_on;
    day.erase(std::remove(day.begin(), day.end(), '-'), day.end());
    out += fmt::format(" changedate=\"{}T000000Z\"", day);
  }
  out += ">\n";
  if (!entry.before.empty()) out += fmt::format("<prop type=\"kabar:before\">{}</prop>\n", xml_escape(entry.before));
  if (!entry.note.empty()) out += fmt::format("<prop type=\"kabar:note\">{}</prop>\n", xml_escape(entry.note));
  for (const auto& [language, text] : {std::pair(source, entry.source), std::pair(target, entry.target)}) {
    out += fmt::format("<tuv xml:lang=\"{}\"><seg>{}</seg></tuv>\n", language.view(), xml_escape(text));
  }
  return out + "</tu>\n";
}

std::string tmx_footer() { return "</body>\n</tmx>\n"; }

}  // namespace kabar::terms
