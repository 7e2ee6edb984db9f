#include "article/version.h"

#include <utility>

namespace kabar {
namespace {

template <typename T>
using Names = std::pair<T, std::string_view>;

constexpr Names<Severity> kSeverities[] = {
    {Severity::info, "info"}, {Severity::warning, "warning"}, {Severity::error, "error"}};
constexpr Names<Origin> kOrigins[] = {{Origin::machine, "machine"},
                                      {Origin::memory, "memory"},
                                      {Origin::repaired, "repaired"},
                                      {Origin::human, "human"},
                                      {Origin::copy, "copy"}};
constexpr Names<VersionStatus> kStatuses[] = {{VersionStatus::in_preparation, "in_preparation"},
                                              {VersionStatus::held, "held"},
                                              {VersionStatus::published, "published"},
                                              {VersionStatus::withdrawn, "withdrawn"}};
constexpr Names<BlockType> kBlockTypes[] = {{BlockType::headline, "headline"},
                                            {BlockType::standfirst, "standfirst"},
                                            {BlockType::dateline, "dateline"},
                                            {BlockType::paragraph, "paragraph"},
                                            {BlockType::subheading, "subheading"},
                                            {BlockType::list_item, "list_item"},
                                            {BlockType::quote, "quote"},
                                            {BlockType::caption, "caption"},
                                            {BlockType::alt, "alt"},
                                            {BlockType::table_cell, "table_cell"},
                                            {BlockType::image, "image"},
                                            {BlockType::embed, "embed"},
                                            {BlockType::rule, "rule"}};

template <typename T, size_t N>
std::string_view find_name(const Names<T> (&names)[N], T value) {
  for (const auto& [candidate, name] : names) {
    if (candidate == value) return name;
  }
  return "";
}

template <typename T, size_t N>
std::optional<T> find_value(const Names<T> (&names)[N], std::string_view name) {
  for (const auto& [value, candidate] : names) {
    if (candidate == name) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(Severity severity) { return find_name(kSeverities, severity); }
std::string_view name_of(Origin origin) { return find_name(kOrigins, origin); }
std::string_view name_of(VersionStatus status) { return find_name(kStatuses, status); }
std::string_view name_of(BlockType type) { return find_name(kBlockTypes, type); }
std::optional<Severity> parse_severity(std::string_view name) { return find_value(kSeverities, name); }
std::optional<Origin> parse_origin(std::string_view name) { return find_value(kOrigins, name); }
std::optional<VersionStatus> parse_version_status(std::string_view name) { return find_value(kStatuses, name); }
std::optional<BlockType> parse_block_type(std::string_view name) { return find_value(kBlockTypes, name); }

}  // namespace kabar
