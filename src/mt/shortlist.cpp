#include "mt/shortlist.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cstring>

#include <fmt/format.h>

#include "base/file.h"
#include "base/utf8.h"
#include "mt/limits.h"

namespace kabar::mt {
namespace {

constexpr uint64_t kMagic = 0xF11A48D5013417F5;
constexpr size_t kHeaderBytes = 48;
constexpr size_t kSkippedByChecksum = 16;  // magic and checksum themselves
constexpr size_t kMultiple = 8;

uint64_t load64(std::string_view bytes, size_t at) {
  uint64_t value = 0;
  std::memcpy(&value, bytes.data() + at, sizeof value);
  return value;
}

void append64(std::string& bytes, uint64_t value) { bytes.append(reinterpret_cast<const char*>(&value), sizeof value); }

// Over whole 64-bit words; a last half word is not covered.
uint64_t checksum(std::string_view bytes) {
  uint64_t hash = 0;
  for (size_t at = 0; at + 8 <= bytes.size(); at += 8)
    hash ^= load64(bytes, at) + 0x9E3779B9 + (hash << 6) + (hash >> 2);
  return hash;
}

}  // namespace

struct Shortlist::Data {
  int32_t first = 0;  // the lowest target ids, allowed for every sentence
  int32_t best = 0;   // what the lists were cut to; only kept for writing
  int32_t target_size = 0;
  std::vector<uint64_t> offsets;  // one per source id and one more
  std::vector<uint32_t> targets;
};

Result<Shortlist> Shortlist::parse(std::string_view bytes, std::string_view name, int source_size, int target_size) {
  const auto wrong = [&](std::string message) {
    return fail(ErrorKind::bad_input, std::string(name), std::move(message));
  };
  if (bytes.size() < kHeaderBytes || load64(bytes, 0) != kMagic) return wrong("not a binary shortlist");
  const uint64_t first = load64(bytes, 16), best = load64(bytes, 24), offset_count = load64(bytes, 32),
                 target_count = load64(bytes, 40);
  const uint64_t body = bytes.size() - kHeaderBytes;
  if (offset_count > body / 8 || target_count > body / 4 || 8 * offset_count + 4 * target_count != body) {
    return wrong("the file is cut short, or its header is damaged");
  }
  if (offset_count != static_cast<uint64_t>(source_size) + 1) {
    return wrong(fmt::format("made for {} source pieces, the vocabulary has {}",
                             offset_count == 0 ? 0 : offset_count - 1, source_size));
  }
  if (first > static_cast<uint64_t>(target_size)) return wrong("more frequent pieces than the target vocabulary has");
  if (best > kVocabularyMax) return wrong("the header is damaged");
  if (checksum(bytes.substr(kSkippedByChecksum)) != load64(bytes, 8)) return wrong("the checksum is wrong");

  auto data = std::make_shared<Data>();
  data->first = static_cast<int32_t>(first);
  data->best = static_cast<int32_t>(best);
  data->target_size = target_size;
  data->offsets.resize(offset_count);
  data->targets.resize(target_count);
  std::memcpy(data->offsets.data(), bytes.data() + kHeaderBytes, 8 * offset_count);
  if (target_count > 0) {
    std::memcpy(data->targets.data(), bytes.data() + kHeaderBytes + 8 * offset_count, 4 * target_count);
  }
  if (data->offsets.front() != 0 || data->offsets.back() != target_count ||
      !std::is_sorted(data->offsets.begin(), data->offsets.end())) {
    return wrong("the lists overlap or have holes");
  }
  for (const uint32_t id : data->targets) {
    if (id >= static_cast<uint32_t>(target_size)) {
      return wrong(fmt::format("target id {} is outside the vocabulary of {}", id, target_size));
    }
  }
  Shortlist shortlist;
  shortlist.data_ = std::move(data);
  return shortlist;
}

Result<Shortlist> Shortlist::parse_text(std::string_view text, std::string_view name, const Vocabulary& source,
                                        const Vocabulary& target, int first, int best) {
  struct Entry {
    int32_t source, target;
    float probability;
  };
  std::vector<Entry> entries;
  int line_number = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    ++line_number;
    std::string_view words[3];
    size_t count = 0;
    for (size_t i = 0; i < line.size();) {
      const size_t begin = line.find_first_not_of(" \t\r", i);
      if (begin == std::string_view::npos) break;
      i = std::min(line.find_first_of(" \t\r", begin), line.size());
      if (count < 3) words[count] = line.substr(begin, i - begin);
      ++count;
    }
    if (count == 0) continue;
    float probability = 0;
    const auto parsed = std::from_chars(words[2].data(), words[2].data() + words[2].size(), probability);
    if (count != 3 || parsed.ec != std::errc() || parsed.ptr != words[2].data() + words[2].size()) {
      return fail(ErrorKind::bad_input, fmt::format("{}:{}", name, line_number),
                  "expected 'target source probability'");
    }
    if (words[0] == "NULL" || words[1] == "NULL" || !(probability > 0)) continue;
    entries.push_back({source.find(words[1]).value_or(source.unknown()),
                       target.find(words[0]).value_or(target.unknown()), probability});
  }
  // The most probable first, of equal ones the higher id, as Marian does; the same pair counts once.
  std::sort(entries.begin(), entries.end(), [](const Entry& a, const Entry& b) {
    if (a.source != b.source) return a.source < b.source;
    if (a.probability != b.probability) return a.probability > b.probability;
    return a.target > b.target;
  });
  auto data = std::make_shared<Data>();
  data->first = std::min(first, target.size());
  data->best = best;
  data->target_size = target.size();
  size_t next = 0;
  for (int32_t id = 0; id < source.size(); ++id) {
    data->offsets.push_back(data->targets.size());
    std::vector<uint32_t> list;
    for (; next < entries.size() && entries[next].source == id; ++next) {
      const uint32_t candidate = static_cast<uint32_t>(entries[next].target);
      if (static_cast<int>(list.size()) < best && std::find(list.begin(), list.end(), candidate) == list.end()) {
        list.push_back(candidate);
      }
    }
    std::sort(list.begin(), list.end());
    data->targets.insert(data->targets.end(), list.begin(), list.end());
  }
  data->offsets.push_back(data->targets.size());
  Shortlist shortlist;
  shortlist.data_ = std::move(data);
  return shortlist;
}

Result<Shortlist> Shortlist::open(const std::filesystem::path& path, const Vocabulary& source,
                                  const Vocabulary& target) {
  KABAR_ASSIGN(const std::string bytes, read_file(path, kShortlistFileBytesMax));
  if (bytes.size() >= 8 && load64(bytes, 0) == kMagic) return parse(bytes, path.string(), source.size(), target.size());
  KABAR_TRY(check_utf8(bytes, path.string()));
  return parse_text(bytes, path.string(), source, target);
}

std::string Shortlist::serialize() const {
  std::string body;
  append64(body, static_cast<uint64_t>(data_->first));
  append64(body, static_cast<uint64_t>(data_->best));
  append64(body, data_->offsets.size());
  append64(body, data_->targets.size());
  body.append(reinterpret_cast<const char*>(data_->offsets.data()), 8 * data_->offsets.size());
  body.append(reinterpret_cast<const char*>(data_->targets.data()), 4 * data_->targets.size());
  std::string bytes;
  append64(bytes, kMagic);
  append64(bytes, checksum(body));
  return bytes + body;
}

std::vector<int32_t> Shortlist::candidates(std::span<const int32_t> source_ids, bool shared_vocabulary) const {
  const Data& data = *data_;
  std::vector<uint64_t> listed(static_cast<size_t>(data.target_size) / 64 + 1);  // one bit per target id
  size_t count = 0;
  const auto list = [&](int32_t id) {
    uint64_t& word = listed[static_cast<size_t>(id) / 64];
    const uint64_t bit = uint64_t{1} << (static_cast<size_t>(id) % 64);
    count += (word & bit) == 0 ? 1 : 0;
    word |= bit;
  };
  for (int32_t id = 0; id < data.first; ++id) list(id);
  for (const int32_t source : source_ids) {
    const size_t index = static_cast<size_t>(source);
    for (uint64_t i = data.offsets[index]; i < data.offsets[index + 1]; ++i) {
      list(static_cast<int32_t>(data.targets[static_cast<size_t>(i)]));
    }
    if (shared_vocabulary && source < data.target_size) list(source);
  }
  // Marian fills with the lowest ids behind the first ones that are not there yet, until the count suits its kernels;
  // the sum of the softmax contains them, so we do the same.
  for (int32_t id = data.first; count % kMultiple != 0 && id < data.target_size; ++id) list(id);
  std::vector<int32_t> ids;
  ids.reserve(count);
  for (size_t word = 0; word < listed.size(); ++word) {
    for (uint64_t bits = listed[word]; bits != 0; bits &= bits - 1) {
      ids.push_back(static_cast<int32_t>(word * 64) + std::countr_zero(bits));
    }
  }
  return ids;
}

}  // namespace kabar::mt
