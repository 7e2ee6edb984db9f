// TMX 1.4b, the exchange format of translation memories: read and written as a stream.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "base/language.h"
#include "base/result.h"
#include "terms/memory.h"

namespace kabar::terms {

// Reads in pieces: feed() any number of times, then finish(). Units that have both languages are handed out; inline
// markup (bpt, ept, it, ph, hi, sub) is left out of the text but for what hi and sub hold. Language codes are compared
// by their first part, in any case ("EN-us" is English), and `lang` is taken for `xml:lang`. Nothing outside the bytes
// is ever read: a document type is skipped, entities that it declares are an error.
class TmxReader {
 public:
  using OnEntry = std::function<void(MemoryEntry)>;
  TmxReader(std::string name, Language source, Language target, OnEntry on_entry);
  ~TmxReader();
  TmxReader(const TmxReader&) = delete;
  TmxReader& operator=(const TmxReader&) = delete;

  // Errors carry "name:line". Limits: a segment of 1 MiB, a depth of 64.
  Result<void> feed(std::string_view bytes);
  Result<void> finish();

  struct State;

 private:
  Result<void> parse(std::string_view bytes, bool last);
  State* state_;
};

// The pieces of a file to write one after the other.
std::string tmx_header(Language source, std::string_view tool_version);
std::string tmx_unit(const MemoryEntry& entry, Language source, Language target);
std::string tmx_footer();

}  // namespace kabar::terms
