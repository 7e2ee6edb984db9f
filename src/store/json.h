// Lists and maps as JSON text in a column. Only this file writes them, so what cannot be read back is a damaged
// database: it reads as empty.
#pragma once
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/version.h"
#include "base/alignment.h"

namespace kabar::store {

std::string to_json(const std::map<std::string, std::string>& map);
std::string to_json(const std::vector<std::string>& list);
std::string to_json(const InlineTags& tags);
std::string to_json(const Alignment& alignment);
std::string to_json(const std::vector<Finding>& findings);
std::string to_json(const std::vector<Block>& blocks);
std::string to_json(const std::vector<TranslatedSegment>& segments);

std::map<std::string, std::string> read_map(std::string_view json);
std::vector<std::string> read_list(std::string_view json);
InlineTags read_tags(std::string_view json);
Alignment read_alignment(std::string_view json);
std::vector<Finding> read_findings(std::string_view json);
std::vector<Block> read_blocks(std::string_view json);
std::vector<TranslatedSegment> read_segments(std::string_view json);

}  // namespace kabar::store
