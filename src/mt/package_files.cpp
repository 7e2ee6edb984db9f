#include "mt/package_files.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/sha256.h"
#include "base/toml.h"
#include "base/utf8.h"

namespace kabar::mt {
namespace {

// A TOML basic string.
std::string toml_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) {
      out += fmt::format("\\u{:04X}", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  return out + '"';
}

bool is_hex(std::string_view text, size_t digits) {
  return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<PackageInfo> read_table(const toml::table& table, std::string_view name) {
  const auto wrong = [&](std::string message, ErrorKind kind = ErrorKind::bad_input) {
    return fail(kind, std::string(name), std::move(message));
  };
  const std::optional<int64_t> format = table["format"].value<int64_t>();
  if (!format) return wrong("'format' is missing");
  if (*format != kPackageFormat) {
    return wrong(fmt::format("format {} is not supported, only {}", *format, kPackageFormat), ErrorKind::unsupported);
  }
  PackageInfo info;
  const auto text = [&](std::string_view key) { return table[key].value_or(std::string()); };
  info.name = text("name");
  info.version = text("version");
  info.licence = text("licence");
  info.data = text("data");
  info.architecture = text("architecture");
  if (info.name.empty()) return wrong("'name' is missing");
  if (info.version.empty()) return wrong("'version' is missing");
  const std::optional<Language> source = Language::parse(text("source"));
  if (!source) return wrong(fmt::format("'source' is '{}', not a language code", text("source")));
  info.source = *source;
  if (const toml::array* others = table["other_sources"].as_array()) {
    for (const toml::node& entry : *others) {
      const std::optional<Language> other = Language::parse(entry.value_or(std::string()));
      if (!other) return wrong("'other_sources' holds something that is not a language code");
      info.other_sources.push_back(*other);
    }
  }
  if (const toml::table* scores = table["scores"].as_table()) {
    for (const auto& [key, value] : *scores) info.scores.emplace(key.str(), value.value_or(std::string()));
  }
  if (const toml::table* files = table["files"].as_table()) {
    for (const auto& [key, value] : *files) {
      const toml::node_view entry(value);
      PackageFile file;
      const int64_t bytes = entry["bytes"].value_or(int64_t{-1});
      file.bytes = static_cast<uint64_t>(bytes);
      file.quick = entry["quick"].value_or(std::string());
      file.sha256 = entry["sha256"].value_or(std::string());
      if (bytes < 0 || !is_hex(file.quick, 16) || !is_hex(file.sha256, 64)) {
        return wrong(fmt::format("the entry of '{}' needs bytes, quick and sha256", key.str()));
      }
      info.files.emplace(key.str(), std::move(file));
    }
  }
  return info;
}

}  // namespace

std::string list_sources(const PackageInfo& info, std::string_view separator) {
  std::string text(info.source.view());
  for (const Language other : info.other_sources) text += fmt::format("{}{}", separator, other.view());
  return text;
}

Result<Language> source_of(const PackageInfo& info, std::string_view code) {
  if (code.empty() || code == info.source.view()) return info.source;
  for (const Language other : info.other_sources) {
    if (other.view() == code) return other;
  }
  return fail(ErrorKind::not_found, info.name,
              fmt::format("translates from {}, not from '{}'", list_sources(info, ", "), code));
}

std::string head_file(Language language, std::string_view ending) {
  return fmt::format("head.{}{}", language.view(), ending);
}

std::optional<Language> language_of_head_file(std::string_view name) {
  if (!name.starts_with("head.") || !name.ends_with(kHeadWeights)) return std::nullopt;
  name.remove_prefix(5);
  name.remove_suffix(std::min(name.size(), kHeadWeights.size()));
  return Language::parse(name);
}

bool is_package_file(std::string_view name) {
  if (name == kEncoderFile || name == kSourceSpmFile || name == kSourceListFile) return true;
  if (!name.starts_with("head.")) return false;
  for (const std::string_view ending : {kHeadWeights, kHeadSpm, kHeadList, kHeadShortlist}) {
    if (name.ends_with(ending)) return true;
  }
  return false;
}

uint64_t quick_checksum(std::span<const std::byte> bytes) {
  constexpr uint64_t kFactor = 0x9E3779B97F4A7C15;
  constexpr size_t kBlock = 32;
  uint64_t lanes[4] = {1, 2, 3, 4};
  const auto add = [&](const std::byte* block) {
    uint64_t words[4];
    std::memcpy(words, block, kBlock);
    for (size_t i = 0; i < 4; ++i) lanes[i] = (lanes[i] ^ words[i]) * kFactor;
  };
  const size_t whole = bytes.size() / kBlock * kBlock;
  for (size_t at = 0; at < whole; at += kBlock) add(bytes.data() + at);
  if (whole < bytes.size()) {
    std::byte last[kBlock] = {};
    std::memcpy(last, bytes.data() + whole, bytes.size() - whole);
    add(last);
  }
  uint64_t sum = bytes.size();
  for (const uint64_t lane : lanes) {
    sum = (sum ^ lane) * kFactor;
    sum ^= sum >> 32;
  }
  return sum;
}

PackageFile describe_file(std::string_view bytes) {
  return {bytes.size(), fmt::format("{:016x}", quick_checksum(std::as_bytes(std::span(bytes)))), sha256_hex(bytes)};
}

std::string manifest_text(const PackageInfo& info) {
  std::string out = "# A translation model of Kabar; the format is described in docs/formats/model.md.\n";
  out += fmt::format("format = {}\nname = {}\nversion = {}\nsource = {}\n", kPackageFormat, toml_string(info.name),
                     toml_string(info.version), toml_string(info.source.view()));
  if (!info.other_sources.empty()) {
    std::string others;
    for (const Language other : info.other_sources) {
      others += fmt::format("{}{}", others.empty() ? "" : ", ", toml_string(other.view()));
    }
    out += fmt::format("other_sources = [{}]\n", others);
  }
  out += fmt::format("licence = {}\ndata = {}\narchitecture = {}\n", toml_string(info.licence), toml_string(info.data),
                     toml_string(info.architecture));
  if (!info.scores.empty()) out += "\n[scores]\n";
  for (const auto& [key, value] : info.scores) out += fmt::format("{} = {}\n", toml_string(key), toml_string(value));
  for (const auto& [name, file] : info.files) {
    out += fmt::format("\n[files.{}]\nbytes = {}\nquick = \"{}\"\nsha256 = \"{}\"\n", toml_string(name), file.bytes,
                       file.quick, file.sha256);
  }
  return out;
}

Result<PackageInfo> parse_manifest(std::string_view text, std::string_view name) {
  KABAR_TRY(check_utf8(text, name));
  KABAR_ASSIGN(const toml::table table, parse_toml(text, name));
  return read_table(table, name);
}

}  // namespace kabar::mt
