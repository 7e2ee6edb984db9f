#include "mt/vocabulary.h"

#include <algorithm>
#include <mutex>

#include <fmt/format.h>

#include "base/file.h"
#include "base/utf8.h"
#include "mt/limits.h"
#include "mt/sentencepiece.h"
#include "mt/yaml_map.h"

namespace kabar::mt {
namespace {

constexpr std::string_view kSpaceSymbol = "\xE2\x96\x81";  // U+2581 stands for the blank in front of a word

// "<0x0A>" -> 10
std::optional<uint8_t> byte_of(std::string_view piece) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  if (piece.size() != 6 || !piece.starts_with("<0x") || piece[5] != '>') return std::nullopt;
  const size_t high = kDigits.find(piece[3]), low = kDigits.find(piece[4]);
  if (high == std::string_view::npos || low == std::string_view::npos) return std::nullopt;
  return static_cast<uint8_t>(16 * high + low);
}

// For each byte of valid UTF-8, and its end, how many code points begin before it.
std::vector<int> points_before(std::string_view text) {
  std::vector<int> points(text.size() + 1);
  int count = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    points[i] = count;
    if (i + 1 == text.size() || (static_cast<unsigned char>(text[i + 1]) & 0xC0) != 0x80) ++count;
  }
  points[text.size()] = count;
  return points;
}

}  // namespace

struct Vocabulary::Data {
  std::string bytes;                     // what the pieces point into
  std::vector<std::string_view> pieces;  // by id; empty = an id without a piece
  int32_t end = -1, unknown = -1;

  // A SentencePiece model; a map or list has none of its own.
  std::optional<SpmFile> spm;
  std::array<int32_t, 256> byte_ids{};  // with byte fallback: the piece of each byte
  // For a map or list: makes the pieces; absent = blanks do.
  std::optional<Vocabulary> segmenter;

  // Built when text is first encoded or a piece looked up: most target vocabularies never need it.
  const PieceTrie& trie() const {
    std::call_once(once, [this] {
      size_t total = 0;
      for (const std::string_view piece : pieces) total += piece.size();
      PieceTrie built(total);
      for (size_t id = 0; id < pieces.size(); ++id) {
        if (!pieces[id].empty()) built.insert(pieces[id], static_cast<int32_t>(id));
      }
      lazy_trie = std::move(built);
    });
    return lazy_trie;
  }
  std::vector<EncodedPiece> encode(std::string_view sentence) const;
  std::vector<EncodedPiece> encode_spm(std::string_view sentence) const;
  std::vector<EncodedPiece> encode_words(std::string_view sentence) const;

  mutable std::once_flag once;
  mutable PieceTrie lazy_trie;
};

namespace {

template <typename Data>
Result<void> find_specials(Data& data, std::string_view name, std::string_view end_piece) {
  for (size_t id = 0; id < data.pieces.size(); ++id) {
    if (data.pieces[id] == end_piece && data.end < 0) data.end = static_cast<int32_t>(id);
    if (data.pieces[id] == "<unk>" && data.unknown < 0) data.unknown = static_cast<int32_t>(id);
  }
  if (data.end < 0)
    return fail(ErrorKind::bad_input, std::string(name), fmt::format("there is no piece '{}'", end_piece));
  return {};
}

}  // namespace

Result<Vocabulary> Vocabulary::parse_spm(std::string bytes, std::string_view name) {
  auto data = std::make_shared<Data>();
  data->bytes = std::move(bytes);
  KABAR_ASSIGN(data->spm, parse_spm_file(data->bytes, name));
  SpmFile& file = *data->spm;
  data->pieces.reserve(file.pieces.size());
  data->byte_ids.fill(-1);
  for (size_t id = 0; id < file.pieces.size(); ++id) {
    const SpmPiece& piece = file.pieces[id];
    data->pieces.push_back(piece.text);
    if (piece.type == PieceType::unknown) {
      if (data->unknown >= 0) return fail(ErrorKind::bad_input, std::string(name), "two pieces for the unknown");
      data->unknown = static_cast<int32_t>(id);
    } else if (piece.type == PieceType::byte) {
      const std::optional<uint8_t> byte = byte_of(piece.text);
      if (!byte) return fail(ErrorKind::bad_input, std::string(name), fmt::format("'{}' is no byte piece", piece.text));
      data->byte_ids[*byte] = static_cast<int32_t>(id);
    } else if (piece.type == PieceType::control && piece.text == file.end_piece) {
      data->end = static_cast<int32_t>(id);
    }
  }
  if (data->unknown < 0) return fail(ErrorKind::bad_input, std::string(name), "there is no piece for the unknown");
  if (data->end < 0) {
    return fail(ErrorKind::bad_input, std::string(name), fmt::format("there is no control piece '{}'", file.end_piece));
  }
  if (file.byte_fallback && std::count(data->byte_ids.begin(), data->byte_ids.end(), -1) > 0) {
    return fail(ErrorKind::bad_input, std::string(name), "byte fallback without a piece for every byte");
  }
  Vocabulary vocabulary;
  vocabulary.data_ = std::move(data);
  return vocabulary;
}

Result<Vocabulary> Vocabulary::parse_list(std::string_view text, std::string_view name,
                                          std::optional<Vocabulary> segmenter) {
  auto data = std::make_shared<Data>();
  KABAR_TRY(check_utf8(text, name));
  data->bytes = std::string(strip_bom(text));
  std::string_view rest = data->bytes;
  while (!rest.empty()) {
    const size_t end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (data->pieces.size() >= kVocabularyMax) {
      return fail(ErrorKind::limit, std::string(name), fmt::format("over {} pieces", kVocabularyMax));
    }
    data->pieces.push_back(line);
  }
  KABAR_TRY(find_specials(*data, name, "</s>"));
  if (data->unknown < 0) return fail(ErrorKind::bad_input, std::string(name), "there is no piece '<unk>'");
  data->segmenter = std::move(segmenter);
  Vocabulary vocabulary;
  vocabulary.data_ = std::move(data);
  return vocabulary;
}

Result<Vocabulary> Vocabulary::parse_yaml(std::string_view text, std::string_view name,
                                          std::optional<Vocabulary> segmenter) {
  KABAR_TRY(check_utf8(text, name));
  KABAR_ASSIGN(auto entries, parse_yaml_map(text, name));
  // A few ids may have no piece; a number far beyond the count of pieces is a fault that would cost memory.
  const int64_t id_end = std::min<int64_t>(2 * static_cast<int64_t>(entries.size()) + 64, kVocabularyMax);
  std::vector<std::string_view> pieces;
  for (const auto& [piece, id] : entries) {
    if (id < 0 || id >= id_end) {
      return fail(ErrorKind::limit, std::string(name), fmt::format("id {} of '{}' is out of range", id, piece));
    }
    if (piece.empty() || piece.find('\n') != std::string::npos) {
      return fail(ErrorKind::bad_input, std::string(name),
                  fmt::format("the piece of id {} is empty or has a line end", id));
    }
    if (static_cast<size_t>(id) >= pieces.size()) pieces.resize(static_cast<size_t>(id) + 1);
    if (!pieces[static_cast<size_t>(id)].empty()) {
      return fail(ErrorKind::bad_input, std::string(name), fmt::format("id {} is given twice", id));
    }
    pieces[static_cast<size_t>(id)] = piece;
  }
  std::string list;
  for (const std::string_view piece : pieces) list.append(piece).append("\n");
  return parse_list(list, name, std::move(segmenter));
}

Result<Vocabulary> Vocabulary::open(const std::filesystem::path& path, const std::filesystem::path& segmenter) {
  const auto is_spm = [](const std::filesystem::path& one) {
    return one.extension() == ".spm" || one.extension() == ".model";
  };
  KABAR_ASSIGN(std::string bytes, read_file(path, kVocabularyFileBytesMax));
  if (is_spm(path)) return parse_spm(std::move(bytes), path.string());
  std::optional<Vocabulary> pieces;
  if (!segmenter.empty()) {
    KABAR_ASSIGN(std::string spm, read_file(segmenter, kVocabularyFileBytesMax));
    KABAR_ASSIGN(pieces, parse_spm(std::move(spm), segmenter.string()));
  }
  const bool map = path.extension() == ".yml" || path.extension() == ".yaml" || path.extension() == ".json";
  if (map) return parse_yaml(bytes, path.string(), std::move(pieces));
  return parse_list(bytes, path.string(), std::move(pieces));
}

int Vocabulary::size() const { return data_ ? static_cast<int>(data_->pieces.size()) : 0; }
int32_t Vocabulary::end() const { return data_->end; }
int32_t Vocabulary::unknown() const { return data_->unknown; }
std::string_view Vocabulary::piece(int32_t id) const { return data_->pieces[static_cast<size_t>(id)]; }

std::optional<int32_t> Vocabulary::find(std::string_view piece) const {
  const int32_t id = data_->trie().find(piece);
  if (id < 0) return std::nullopt;
  return id;
}

bool Vocabulary::is_control(int32_t id) const {
  if (id == data_->end || id == data_->unknown) return true;
  if (!data_->spm) return piece(id).empty() || piece(id) == "<pad>";
  const PieceType type = data_->spm->pieces[static_cast<size_t>(id)].type;
  return type == PieceType::control || type == PieceType::unknown;
}

std::vector<EncodedPiece> Vocabulary::encode(std::string_view sentence) const {
  if (!check_utf8(sentence, "")) {
    // Faulty bytes are replaced one by one; a NUL stays and is an ordinary character.
    const std::string valid = encode_utf8(decode_utf8(sentence));
    return data_->encode(valid);
  }
  return data_->encode(sentence);
}

std::vector<EncodedPiece> Vocabulary::Data::encode(std::string_view sentence) const {
  if (spm) return encode_spm(sentence);
  if (!segmenter) return encode_words(sentence);
  // Models with several target languages want the language as the first piece, ">>ind<<", which no segmenter knows.
  std::vector<EncodedPiece> out;
  int points_before_rest = 0;
  if (sentence.starts_with(">>")) {
    const std::string_view tag = sentence.substr(0, sentence.find(' '));
    if (const int32_t id = trie().find(tag); id >= 0) {
      points_before_rest = count_points(tag);
      out.push_back({id, {0, points_before_rest}});
      sentence.remove_prefix(tag.size());
    }
  }
  // The segmenter's pieces under this vocabulary's ids. Its unknown piece stands for the text itself, which the map
  // may know.
  const std::u32string points = decode_utf8(sentence);
  for (EncodedPiece piece : segmenter->data_->encode_spm(sentence)) {
    std::string text(segmenter->piece(piece.id));
    if (piece.id == segmenter->unknown()) {
      text = encode_utf8(std::u32string_view(points).substr(static_cast<size_t>(piece.span.begin),
                                                            static_cast<size_t>(piece.span.size())));
    }
    const int32_t id = trie().find(text);
    out.push_back(
        {id < 0 ? unknown : id, {piece.span.begin + points_before_rest, piece.span.end + points_before_rest}});
  }
  return out;
}

std::vector<EncodedPiece> Vocabulary::Data::encode_spm(std::string_view sentence) const {
  const NormalisedText normal = normalise(*spm, trie(), sentence);
  const std::vector<int> points = points_before(sentence);
  const auto point_at = [&](uint32_t byte) { return points[normal.origin[byte]]; };
  std::vector<EncodedPiece> out;
  bool after_unknown = false;
  for (const SpmSegment& piece : segment(*spm, trie(), unknown, normal.text)) {
    uint32_t begin = piece.begin;
    while (std::string_view(normal.text).substr(begin, piece.end - begin).starts_with(kSpaceSymbol)) begin += 3;
    const Span span = begin == piece.end ? Span{point_at(piece.end), point_at(piece.end)}
                                         : Span{point_at(begin), point_at(piece.end)};
    const bool is_unknown = piece.id == unknown;
    if (is_unknown && spm->byte_fallback) {
      for (uint32_t at = piece.begin; at < piece.end; ++at) {
        const int32_t id = byte_ids[static_cast<unsigned char>(normal.text[at])];
        out.push_back({id, at + 1 == piece.end ? span : Span{span.begin, span.begin}});
      }
    } else if (is_unknown && after_unknown) {
      out.back().span.end = span.end;  // a run of unknown characters is one unknown piece
    } else {
      out.push_back({piece.id, span});
    }
    after_unknown = is_unknown;
  }
  return out;
}

std::vector<EncodedPiece> Vocabulary::Data::encode_words(std::string_view sentence) const {
  const std::vector<int> points = points_before(sentence);
  std::vector<EncodedPiece> out;
  for (size_t at = 0; at < sentence.size();) {
    const size_t begin = sentence.find_first_not_of(" \t", at);
    if (begin == std::string_view::npos) break;
    at = std::min(sentence.find_first_of(" \t", begin), sentence.size());
    const int32_t id = trie().find(sentence.substr(begin, at - begin));
    out.push_back({id < 0 ? unknown : id, {points[begin], points[at]}});
  }
  return out;
}

namespace {

// Appends pieces and keeps their spans; bytes wait until they make up a character.
class TextBuilder {
 public:
  void byte(uint8_t value) { pending_ += static_cast<char>(value); }

  // `bytes_before` pieces, just pushed, belong to the pending bytes: the last byte of a character gets its span.
  void flush_bytes(std::vector<Span>& spans) {
    size_t index = spans.size() - pending_.size();
    for (size_t at = 0; at < pending_.size();) {
      size_t size = std::min<size_t>(pending_.size() - at, 4);
      while (size > 1 && !check_utf8(std::string_view(pending_).substr(at, size), "")) --size;
      // The shortest valid prefix is one character.
      for (size_t shorter = 1; shorter < size; ++shorter) {
        if (check_utf8(std::string_view(pending_).substr(at, shorter), "")) size = shorter;
      }
      const std::string_view character = std::string_view(pending_).substr(at, size);
      const int begin = points;
      if (check_utf8(character, "")) {  // bytes that make up no character are left out
        text += character;
        ++points;
      }
      for (size_t i = 0; i + 1 < size; ++i) spans[index++] = {begin, begin};
      spans[index++] = {begin, points};
      at += size;
    }
    pending_.clear();
  }

  // Returns the span of `piece` without its leading blanks.
  Span append(std::string_view piece) {
    const bool first = text.empty();
    Span span;
    bool letters = false;
    while (!piece.empty()) {
      if (piece.starts_with(kSpaceSymbol)) {
        piece.remove_prefix(kSpaceSymbol.size());
        if (first && !letters && drop_leading) {
          drop_leading = false;
          continue;
        }
        text += ' ';
        ++points;
        continue;
      }
      const size_t size = std::min(piece.find(kSpaceSymbol), piece.size());
      if (!letters) span.begin = points;
      letters = true;
      text += piece.substr(0, size);
      points += count_points(piece.substr(0, size));
      span.end = points;
      piece.remove_prefix(size);
    }
    return letters ? span : Span{points, points};
  }

  std::string text;
  int points = 0;
  bool drop_leading = false;  // the next blank at the very start of the text is not written

 private:
  std::string pending_;
};

}  // namespace

DecodedText Vocabulary::decode(std::span<const int32_t> ids) const {
  const std::optional<SpmFile>& spm = data_->spm         ? data_->spm
                                      : data_->segmenter ? data_->segmenter->data_->spm
                                                         : data_->spm;
  TextBuilder out;
  DecodedText decoded;
  decoded.spans.reserve(ids.size());
  const auto flush = [&] { out.flush_bytes(decoded.spans); };
  for (const int32_t id : ids) {
    const std::string_view text = piece(id);
    if (data_->spm && data_->spm->pieces[static_cast<size_t>(id)].type == PieceType::byte) {
      out.byte(*byte_of(text));
      decoded.spans.push_back({});
      continue;
    }
    flush();
    if (id == data_->unknown) {
      decoded.spans.push_back(out.append(spm ? spm->unknown_surface : "<unk>"));
    } else if (is_control(id)) {
      decoded.spans.push_back({out.points, out.points});
    } else if (spm) {
      // SentencePiece drops one blank from each piece while the text is empty.
      out.drop_leading = spm->add_dummy_prefix || spm->remove_extra_whitespaces;
      decoded.spans.push_back(out.append(text));
    } else {
      if (!out.text.empty()) out.append(kSpaceSymbol);
      decoded.spans.push_back(out.append(text));
    }
  }
  flush();
  decoded.text = std::move(out.text);
  return decoded;
}

std::string Vocabulary::to_list() const {
  std::string list;
  for (const std::string_view piece : data_->pieces) list.append(piece).append("\n");
  return list;
}

bool Vocabulary::same_pieces(const Vocabulary& other) const {
  return data_ == other.data_ || (data_ && other.data_ && data_->pieces == other.data_->pieces);
}

}  // namespace kabar::mt
