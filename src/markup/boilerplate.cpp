#include "markup/boilerplate.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace kabar::markup {
namespace {

enum class Match {
  whole,   // the block is this and nothing else
  begins,  // the block begins with this and is short
  opens,   // as begins; what follows is a list of links that goes too
};

struct Phrase {
  std::string_view text;  // small letters
  Match match;
  Language language;  // none: in every language
};

constexpr int kShortPoints = 240;  // a longer block is rather a paragraph that happens to begin so

constexpr Phrase kPhrases[] = {
    {"baca juga", Match::opens, Language::id},
    {"baca selengkapnya", Match::begins, Language::id},
    {"baca berita", Match::begins, Language::id},
    {"baca:", Match::opens, Language::id},
    {"simak juga", Match::opens, Language::id},
    {"simak video", Match::opens, Language::id},
    {"simak breaking news", Match::begins, Language::id},
    {"lihat juga", Match::opens, Language::id},
    {"lihat video", Match::begins, Language::id},
    {"tonton juga", Match::opens, Language::id},
    {"tonton video", Match::opens, Language::id},
    {"saksikan video", Match::begins, Language::id},
    {"saksikan juga", Match::opens, Language::id},
    {"berita terkait", Match::opens, Language::id},
    {"artikel terkait", Match::opens, Language::id},
    {"topik terkait", Match::opens, Language::id},
    {"terpopuler", Match::whole, Language::id},
    {"pilihan editor", Match::opens, Language::id},
    {"iklan", Match::whole, Language::id},
    {"gulir ke bawah untuk", Match::begins, Language::id},
    {"gulir untuk melanjutkan", Match::begins, Language::id},
    {"lanjutkan membaca", Match::begins, Language::id},
    {"halaman selanjutnya", Match::begins, Language::id},
    {"halaman berikutnya", Match::begins, Language::id},
    {"bagikan", Match::whole, Language::id},
    {"bagikan artikel", Match::begins, Language::id},
    {"ikuti berita", Match::begins, Language::id},
    {"ikuti kami di", Match::begins, Language::id},
    {"ikuti saluran", Match::begins, Language::id},
    {"ikuti whatsapp channel", Match::begins, Language::id},
    {"dapatkan update berita", Match::begins, Language::id},
    {"dapatkan berita", Match::begins, Language::id},
    {"cek berita", Match::begins, Language::id},
    {"silakan baca konten", Match::begins, Language::id},
    {"yuk koleksi", Match::begins, Language::id},
    {"bagaimana tanggapan anda", Match::begins, Language::id},
    {"artikel ini telah tayang", Match::begins, Language::id},
    {"berita ini telah tayang", Match::begins, Language::id},
    {"pewarta:", Match::begins, Language::id},
    {"penulis:", Match::begins, Language::id},
    {"reporter:", Match::begins, Language::id},
    {"editor:", Match::begins, Language::id},
    {"uploader:", Match::begins, Language::id},
    {"hak cipta", Match::begins, Language::id},
    {"dilarang keras mengambil konten", Match::begins, Language::id},
    {"tag:", Match::begins, Language::id},
    {"tags:", Match::begins, Language()},
    {"advertisement", Match::whole, Language()},
    {"advertising", Match::whole, Language()},
    {"sponsored", Match::whole, Language()},
    {"scroll to continue", Match::begins, Language()},
    {"scroll to resume", Match::begins, Language()},
    {"[gambas:", Match::begins, Language()},
    {"copyright ©", Match::begins, Language()},
    {"copyright (c)", Match::begins, Language()},
    {"share", Match::whole, Language()},
    {"see also:", Match::opens, Language::en},
    {"read also:", Match::opens, Language::en},
    {"read more:", Match::opens, Language::en},
    {"related:", Match::opens, Language::en},
    {"à lire aussi", Match::opens, Language::fr},
    {"lire aussi", Match::opens, Language::fr},
    {"publicité", Match::whole, Language::fr},
    {"广告", Match::whole, Language::zh},
    {"延伸阅读", Match::opens, Language::zh},
    {"広告", Match::whole, Language::ja},
    {"関連記事", Match::opens, Language::ja},
    {"إعلان", Match::whole, Language::ar},
    {"اقرأ أيضا", Match::opens, Language::ar},
};

std::string_view trim_marks(std::string_view text) {
  constexpr std::string_view kMarks = " \t*-–—:.[]()|>»";
  const size_t begin = text.find_first_not_of(kMarks);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kMarks) - begin + 1);
}

const Phrase* find_phrase(std::string_view text, Language language) {
  if (text.size() > static_cast<size_t>(kShortPoints) * 4 || count_points(text) > kShortPoints) return nullptr;
  const std::string folded = fold_case(text);
  const std::string_view bare = trim_marks(folded);
  for (const Phrase& phrase : kPhrases) {
    if (!phrase.language.empty() && phrase.language != language) continue;
    const bool found = phrase.match == Match::whole ? bare == trim_marks(phrase.text)
                                                    : folded.starts_with(phrase.text) || bare.starts_with(phrase.text);
    if (found) return &phrase;
  }
  return nullptr;
}

// "(haf/haf)", "[eko]": the initials of writer and editor at the end.
bool is_initials(std::string_view text) {
  if (text.size() < 5 || text.size() > 24) return false;
  if (!(text.front() == '(' && text.back() == ')') && !(text.front() == '[' && text.back() == ']')) return false;
  const std::string_view inner = text.substr(1, text.size() - 2);
  if (inner.find('/') == std::string_view::npos) return false;
  return std::all_of(inner.begin(), inner.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '/' || c == '-'; });
}

// The initials that stand behind the last sentence.
void drop_initials(Block& block) {
  const size_t open = block.text.rfind('(');
  if (open == std::string::npos || open == 0 || !is_initials(std::string_view(block.text).substr(open))) return;
  block.text.resize(open);
  while (!block.text.empty() && block.text.back() == ' ') block.text.pop_back();
  const int end = count_points(block.text);
  std::erase_if(block.tags, [&](InlineTag& tag) {
    tag.span.end = std::min(tag.span.end, end);
    return tag.span.begin >= end;
  });
}

// The whole text is one link, as in a list of further reading.
bool is_link_only(const Block& block) {
  return std::any_of(block.tags.begin(), block.tags.end(), [&](const InlineTag& tag) {
    return tag.name == "a" && tag.span.begin == 0 && tag.span.end >= count_points(block.text);
  });
}

bool may_be_boilerplate(BlockType type) {
  return type == BlockType::paragraph || type == BlockType::subheading || type == BlockType::list_item ||
         type == BlockType::quote || type == BlockType::table_cell;
}

}  // namespace

bool is_boilerplate(std::string_view text, Language language) {
  return find_phrase(text, language) != nullptr || is_initials(text);
}

void drop_boilerplate(std::vector<Block>& blocks, Language language) {
  std::vector<Block> kept;
  kept.reserve(blocks.size());
  bool after_opener = false;
  for (Block& block : blocks) {
    const bool candidate = may_be_boilerplate(block.type);
    const Phrase* phrase = candidate ? find_phrase(block.text, language) : nullptr;
    if (phrase != nullptr || (candidate && is_initials(block.text))) {
      after_opener = phrase != nullptr && phrase->match == Match::opens;
      continue;
    }
    if (after_opener && candidate && is_link_only(block)) continue;
    after_opener = false;
    kept.push_back(std::move(block));
  }
  for (auto block = kept.rbegin(); block != kept.rend(); ++block) {
    if (block->type != BlockType::paragraph) continue;
    drop_initials(*block);
    break;
  }
  blocks = std::move(kept);
}

}  // namespace kabar::markup
