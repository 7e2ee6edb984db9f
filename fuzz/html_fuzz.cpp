// HTML pages: reading, cutting into sentences, writing.
#include <cstddef>
#include <cstdint>

#include "markup/parse.h"
#include "markup/segments.h"
#include "markup/write.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto article = kabar::markup::parse(bytes, kabar::Format::html, "fuzz.html");
  if (!article) return 0;
  (void)kabar::markup::segment(*article);
  (void)kabar::markup::write(*article, article->blocks, kabar::Language::ar, kabar::Format::markdown);
  (void)kabar::markup::write(*article, article->blocks, kabar::Language::ar, kabar::Format::html);
  return 0;
}
