// A version: one language's rendering of one revision of an article, segment by segment.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "base/alignment.h"
#include "base/language.h"

namespace kabar {

enum class Severity { info, warning, error };

// A replacement that an editor can apply with one key.
struct Fix {
  Span target_span;
  std::string replacement;
};

// What a check has to say about a segment. Its words for people: checks/messages.
struct Finding {
  std::string check;  // the check's id, for ever
  Severity severity = Severity::warning;
  bool blocking = false;  // stops publication under every policy until an editor decides with a reason
  std::string message;    // one sentence, in the editor's language
  std::optional<Span> source_span;
  std::optional<Span> target_span;
  std::optional<Fix> fix;
};

enum class Origin {
  machine,   // by the translator
  memory,    // from the translation memory, exact
  repaired,  // by the translator, then mended by rule or by a second try
  human,     // an editor's words
  copy,      // nothing to translate: a link, a number, an embed
};

struct TranslatedSegment {
  std::string id;  // of the source segment
  std::string block_id;
  std::string source;  // plain source text that this is a translation of
  std::string text;    // plain target text
  InlineTags tags;     // on `text`
  Origin origin = Origin::machine;
  std::string model;           // name and version; empty for human and copy
  std::string editor;          // who, for human
  bool stale = false;          // the source changed since a person wrote this
  std::string proposal;        // for a stale one: what the machine would write now
  std::optional<float> score;  // 0..1, higher is better; nothing if not computed
  std::vector<Finding> findings;
  Alignment alignment;  // of `source` and `text`
};

enum class VersionStatus { in_preparation, held, published, withdrawn };

struct Version {
  Language language;
  std::string title;
  std::string disclosure;  // the notice for readers, in `language`; empty for the main language
  VersionStatus status = VersionStatus::in_preparation;
  std::string status_reason;   // why it is held; empty otherwise
  std::optional<float> score;  // 0..1
  std::vector<TranslatedSegment> segments;
};

std::string_view name_of(Severity severity);
std::string_view name_of(Origin origin);
std::string_view name_of(VersionStatus status);
std::string_view name_of(BlockType type);
// The inverse of the four above; nothing for an unknown name.
std::optional<Severity> parse_severity(std::string_view name);
std::optional<Origin> parse_origin(std::string_view name);
std::optional<VersionStatus> parse_version_status(std::string_view name);
std::optional<BlockType> parse_block_type(std::string_view name);

}  // namespace kabar
