#include "markup/dateline.h"

#include <algorithm>
#include <array>

#include "base/one_of.h"
#include "base/utf8.h"

namespace kabar::markup {
namespace {

constexpr size_t kDatelineBytesMax = 80;
constexpr int kPlaceWordsMax = 4;

// Agencies and sites without a dot in their name; "KOMPAS.com" is known by the dot.
constexpr std::array<std::string_view, 24> kBrands = {
    "antara",    "cnn indonesia",  "cnbc indonesia", "detikcom",  "detiknews",
    "voi",       "tempo",          "kompas",         "republika", "tribunnews",
    "sindonews", "okezone",        "merdeka",        "reuters",   "afp",
    "ap",        "bernama",        "xinhua",         "kyodo",     "jawa pos",
    "inews",     "mediaindonesia", "beritasatu",     "liputan6"};

// Cities that stand in datelines in small letters.
constexpr std::array<std::string_view, 74> kCities = {
    "jakarta",       "bandung",        "surabaya",   "medan",         "semarang",   "makassar",  "palembang",
    "tangerang",     "depok",          "bekasi",     "bogor",         "yogyakarta", "solo",      "surakarta",
    "malang",        "denpasar",       "mataram",    "kupang",        "ambon",      "ternate",   "manado",
    "gorontalo",     "palu",           "kendari",    "mamuju",        "jayapura",   "manokwari", "sorong",
    "merauke",       "timika",         "banda aceh", "padang",        "pekanbaru",  "jambi",     "bengkulu",
    "pangkalpinang", "bandar lampung", "batam",      "tanjungpinang", "serang",     "cirebon",   "tasikmalaya",
    "sukabumi",      "cianjur",        "garut",      "karawang",      "purwokerto", "cilacap",   "tegal",
    "pekalongan",    "kudus",          "magelang",   "klaten",        "sleman",     "bantul",    "kediri",
    "madiun",        "jember",         "banyuwangi", "sidoarjo",      "gresik",     "pontianak", "banjarmasin",
    "banjarbaru",    "palangka raya",  "samarinda",  "balikpapan",    "tarakan",    "nusantara", "labuan bajo",
    "new york",      "washington",     "london",     "singapura"};

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == ',')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == ',' || text.back() == ';')) text.remove_suffix(1);
  return text;
}

bool is_brand(std::string_view text) {
  const std::string folded = fold_case(text);
  if (is_one_of(folded, kBrands)) return true;
  if (folded.find(' ') != std::string::npos && !folded.ends_with(" indonesia")) return false;
  return folded.ends_with(".com") || folded.ends_with(".co") || folded.ends_with(".id") || folded.ends_with(".net") ||
         folded.ends_with(".tv");
}

bool is_place(std::string_view text, bool with_brand, bool& capitals) {
  if (text.empty()) return false;
  int words = 1;
  bool small = false;
  bool start = true;
  for (const char c : text) {
    if (c == ' ') {
      ++words;
      start = true;
      continue;
    }
    const bool is_small = c >= 'a' && c <= 'z';
    const bool letter = is_small || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    if (!letter && c != '-' && c != '/' && c != '\'' && c != '.') return false;
    if (start && is_small) return false;
    small = small || is_small;
    start = false;
  }
  capitals = !small;
  if (words > kPlaceWordsMax || text.size() < 3) return false;
  return with_brand || capitals || is_one_of(fold_case(text), kCities);
}

std::string without_capitals(std::string_view place) {
  std::string out;
  bool start = true;
  for (const char c : place) {
    const bool capital = c >= 'A' && c <= 'Z';
    out += capital && !start ? static_cast<char>(c + 32) : c;
    start = c == ' ' || c == '-' || c == '/';
  }
  return out;
}

struct Dash {
  size_t begin;
  size_t end;
};

// The dash or bar that ends a dateline, blanks around it.
std::optional<Dash> find_dash(std::string_view text) {
  constexpr std::array<std::string_view, 5> kDashes = {" -- ", " - ", " – ", " — ", " | "};
  std::optional<Dash> first;
  for (const std::string_view dash : kDashes) {
    const size_t found = text.substr(0, kDatelineBytesMax).find(dash);
    if (found == std::string_view::npos || (first && found >= first->begin)) continue;
    first = Dash{found, found + dash.size()};
  }
  return first;
}

}  // namespace

std::optional<Dateline> find_dateline(std::string_view text) {
  const std::optional<Dash> dash = find_dash(text);
  if (!dash || dash->end >= text.size()) return std::nullopt;
  const std::string_view head = text.substr(0, dash->begin);
  bool brand = false;
  std::string_view place;
  // The parts between commas and brackets: a place, a brand, in either order.
  for (size_t at = 0; at < head.size();) {
    const size_t end = std::min(head.find_first_of(",()", at), head.size());
    const std::string_view part = trim(head.substr(at, end - at));
    at = end + 1;
    if (part.empty()) continue;
    if (is_brand(part)) {
      brand = true;
    } else if (place.empty()) {
      place = part;
    } else {
      return std::nullopt;
    }
  }
  bool capitals = false;
  if (!is_place(place, brand, capitals)) return std::nullopt;
  return Dateline{capitals ? without_capitals(place) : std::string(place), count_points(text.substr(0, dash->end))};
}

void split_dateline(std::vector<Block>& blocks) {
  const auto has = [&](BlockType type) {
    return std::find_if(blocks.begin(), blocks.end(), [&](const Block& block) { return block.type == type; });
  };
  if (has(BlockType::dateline) != blocks.end()) return;
  const auto first = has(BlockType::paragraph);
  if (first == blocks.end()) return;
  const std::optional<Dateline> dateline = find_dateline(first->text);
  if (!dateline) return;
  first->text = std::string(slice_points(first->text, {dateline->points, count_points(first->text)}));
  std::erase_if(first->tags, [&](InlineTag& tag) {
    const bool empty_before = tag.span.empty() && tag.span.begin < dateline->points;
    tag.span.begin = std::max(tag.span.begin - dateline->points, 0);
    tag.span.end = std::max(tag.span.end - dateline->points, 0);
    return empty_before || (tag.name != "br" && tag.span.empty());
  });
  Block block;
  block.type = BlockType::dateline;
  block.text = dateline->place;
  blocks.insert(first, std::move(block));
}

}  // namespace kabar::markup
