#include "terms/tbx.h"

#include <algorithm>
#include <memory>

#include <expat.h>
#include <fmt/format.h>

#include "base/utf8.h"
#include "terms/tsv.h"
#include "terms/xml.h"

namespace kabar::terms {
namespace {

constexpr size_t kBytesMax = 64u << 20;
constexpr int kDepthMax = 64;

struct TermSection {
  std::string text;
  bool wrong = false;
  bool acronym = false;
  bool preferred = false;
};

struct Reader {
  XML_Parser parser = nullptr;
  std::string error;
  int depth = 0;
  int number = 0;
  Term concept_term;
  Language language;
  std::vector<TermSection> sections;
  std::string type;  // of the descrip, termNote, note or admin that is open
  std::string* collecting = nullptr;
  std::string collected;
  std::vector<Term> terms;

  void refuse(std::string message) {
    if (error.empty()) error = std::move(message);
    XML_StopParser(parser, XML_FALSE);
  }

  void start(std::string_view element, const char** attributes) {
    if (++depth > kDepthMax) return refuse(fmt::format("nested deeper than {}", kDepthMax));
    if (element == "termEntry" || element == "conceptEntry") {
      concept_term = {};
      concept_term.id = xml_attribute(attributes, "id", fmt::format("tbx-{}", ++number));
    } else if (element == "langSet" || element == "langSec") {
      language = primary_language(xml_attribute(attributes, "xml:lang", xml_attribute(attributes, "lang", "")));
      sections.clear();
    } else if (element == "tig" || element == "ntig" || element == "termSec") {
      sections.emplace_back();
    } else if (element == "term" || element == "descrip" || element == "termNote" || element == "note" ||
               element == "admin") {
      type = element == "term" ? "term" : xml_attribute(attributes, "type", std::string(element));
      collected.clear();
      collecting = &collected;
    }
  }

  void end(std::string_view element) {
    --depth;
    if (collecting != nullptr && (element == "term" || element == "descrip" || element == "termNote" ||
                                  element == "note" || element == "admin")) {
      take(to_nfc(collected));
      collecting = nullptr;
    } else if (element == "langSet" || element == "langSec") {
      close_language();
    } else if (element == "termEntry" || element == "conceptEntry") {
      if (!concept_term.term.empty()) terms.push_back(std::move(concept_term));
      concept_term = {};
    }
  }

  // A piece of text of the kind that `type` says.
  void take(const std::string& text) {
    if (type == "term") {
      if (sections.empty()) sections.emplace_back();
      sections.back().text = text;
    } else if (type == "administrativeStatus" || type == "normativeAuthorization") {
      if (sections.empty()) return;
      sections.back().wrong = text.starts_with("deprecated") || text.starts_with("superseded") || text == "obsolete" ||
                              text == "notRecommended" || text == "forbidden";
      sections.back().preferred = text.starts_with("preferred");
    } else if (type == "termType") {
      if (!sections.empty()) sections.back().acronym = text == "acronym" || text == "abbreviation";
    } else if (type == "kabar:kind") {
      concept_term.kind = parse_term_kind(text).value_or(TermKind::term);
    } else if (type == "kabar:context") {
      concept_term.context = split_values(text);
    } else if (type == "kabar:scope") {
      concept_term.scope = split_values(text);
    } else if (type == "kabar:gender") {
      concept_term.gender = text == "m" || text == "f" ? text[0] : '\0';
    } else if (type == "kabar:since") {
      concept_term.since = std::atoi(text.c_str());
    } else if (type == "kabar:until") {
      concept_term.until = std::atoi(text.c_str());
    } else if (type == "kabar:first") {
      if (!language.empty()) concept_term.renderings[language].first = text;
    } else if (type == "kabar:example" || type == "context") {
      if (language == Language::id) concept_term.example = text;
      if (!language.empty() && language != Language::id) concept_term.renderings[language].example = text;
    } else if ((type == "note" || type == "definition") && concept_term.note.empty()) {
      concept_term.note = text;
    }
  }

  void close_language() {
    std::stable_sort(sections.begin(), sections.end(),
                     [](const TermSection& a, const TermSection& b) { return a.preferred && !b.preferred; });
    for (const TermSection& section : sections) {
      if (section.text.empty()) continue;
      if (language != Language::id) {
        if (language.empty()) continue;
        Rendering& rendering = concept_term.renderings[language];
        (section.wrong ? rendering.wrong : rendering.right).push_back(section.text);
      } else if (section.acronym) {
        concept_term.acronyms.push_back(section.text);
      } else if (concept_term.term.empty()) {
        concept_term.term = section.text;
      } else {
        concept_term.forms.push_back(section.text);
      }
    }
    if (language == Language::id && concept_term.term.empty() && !concept_term.acronyms.empty()) {
      concept_term.term = concept_term.acronyms.front();
    }
    sections.clear();
    language = {};
  }
};

void on_start(void* data, const XML_Char* name, const XML_Char** attributes) {
  static_cast<Reader*>(data)->start(name, attributes);
}
void on_end(void* data, const XML_Char* name) { static_cast<Reader*>(data)->end(name); }
void on_text(void* data, const XML_Char* text, int length) {
  Reader& reader = *static_cast<Reader*>(data);
  if (reader.collecting != nullptr) reader.collecting->append(text, static_cast<size_t>(length));
}
void on_entity(void* data, const XML_Char*, int, const XML_Char*, int, const XML_Char*, const XML_Char*,
               const XML_Char*, const XML_Char*) {
  static_cast<Reader*>(data)->refuse("declares entities, which are not read");
}

// Ids of other tools ("c12.3", "_a") as ours: small letters, digits and "-".
std::string clean_id(const std::string& id) {
  std::string out;
  for (char c : id) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    out += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
  }
  return out.substr(0, 100);
}

void write_section(std::string& out, const std::string& term, std::string_view status, bool acronym) {
  out += fmt::format("<termSec><term>{}</term>", xml_escape(term));
  if (acronym) out += "<termNote type=\"termType\">acronym</termNote>";
  if (!status.empty()) out += fmt::format("<termNote type=\"administrativeStatus\">{}</termNote>", status);
  out += "</termSec>\n";
}

void write_note(std::string& out, std::string_view type, const std::string& text) {
  if (!text.empty()) out += fmt::format("<descrip type=\"{}\">{}</descrip>\n", type, xml_escape(text));
}

void write_concept(std::string& out, const Term& term) {
  out += fmt::format("<conceptEntry id=\"{}\">\n", xml_escape(term.id));
  write_note(out, "kabar:kind", std::string(name_of(term.kind)));
  write_note(out, "kabar:context", join_values(term.context));
  write_note(out, "kabar:scope", join_values(term.scope));
  write_note(out, "kabar:gender", term.gender == 0 ? std::string() : std::string(1, term.gender));
  write_note(out, "kabar:since", term.since == 0 ? std::string() : std::to_string(term.since));
  write_note(out, "kabar:until", term.until == 0 ? std::string() : std::to_string(term.until));
  if (!term.note.empty()) out += fmt::format("<note>{}</note>\n", xml_escape(term.note));
  out += "<langSec xml:lang=\"id\">\n";
  write_note(out, "kabar:example", term.example);
  write_section(out, term.term, "preferredTerm-admn-sts", false);
  for (const std::string& form : term.forms) write_section(out, form, {}, false);
  for (const std::string& form : term.acronyms) write_section(out, form, {}, true);
  out += "</langSec>\n";
  for (const auto& [language, rendering] : term.renderings) {
    out += fmt::format("<langSec xml:lang=\"{}\">\n", language.view());
    write_note(out, "kabar:first", rendering.first);
    write_note(out, "kabar:example", rendering.example);
    for (size_t i = 0; i < rendering.right.size(); ++i) {
      write_section(out, rendering.right[i], i == 0 ? "preferredTerm-admn-sts" : "admittedTerm-admn-sts", false);
    }
    for (const std::string& wrong : rendering.wrong) write_section(out, wrong, "deprecatedTerm-admn-sts", false);
    out += "</langSec>\n";
  }
  out += "</conceptEntry>\n";
}

}  // namespace

Result<std::vector<Term>> parse_tbx(std::string_view text, std::string_view name) {
  if (text.size() > kBytesMax) return fail(ErrorKind::limit, std::string(name), "larger than 64 MiB");
  const std::unique_ptr<XML_ParserStruct, decltype(&XML_ParserFree)> parser(XML_ParserCreate(nullptr), XML_ParserFree);
  Reader reader;
  reader.parser = parser.get();
  XML_SetUserData(parser.get(), &reader);
  XML_SetElementHandler(parser.get(), on_start, on_end);
  XML_SetCharacterDataHandler(parser.get(), on_text);
  XML_SetEntityDeclHandler(parser.get(), on_entity);
  if (XML_Parse(parser.get(), text.data(), static_cast<int>(text.size()), 1) != XML_STATUS_OK) {
    const std::string reason = reader.error.empty() ? XML_ErrorString(XML_GetErrorCode(parser.get())) : reader.error;
    return fail(ErrorKind::bad_input, fmt::format("{}:{}", name, XML_GetCurrentLineNumber(parser.get())),
                fmt::format("no readable TBX: {}", reason));
  }
  for (Term& term : reader.terms) {
    term.id = clean_id(term.id);
    term.place = fmt::format("{}: {}", name, term.id);
  }
  return std::move(reader.terms);
}

std::string write_tbx(const std::vector<Term>& terms) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
      "<tbx type=\"TBX-Basic\" style=\"dca\" xml:lang=\"id\" xmlns=\"urn:iso:std:iso:30042:ed-2\">\n"
      "<tbxHeader><fileDesc><sourceDesc><p>Kabar termbase</p></sourceDesc></fileDesc></tbxHeader>\n<text><body>\n";
  for (const Term& term : terms) write_concept(out, term);
  return out + "</body></text>\n</tbx>\n";
}

}  // namespace kabar::terms
