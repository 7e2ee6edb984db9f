#include "site/sample_site.h"

#include <algorithm>
#include <fstream>
#include <iomanip>
#include <sstream>

#include "base/utf8.h"

namespace kabar::site {
namespace {

namespace fs = std::filesystem;

Time parse_time(const std::string& text) {
  std::tm parts{};
  std::istringstream(text) >> std::get_time(&parts, "%Y-%m-%dT%H:%M:%SZ");
  return Time(std::chrono::seconds(timegm(&parts)));
}

std::vector<std::string> split(const std::string& text, const std::string& separator) {
  std::vector<std::string> parts;
  size_t begin = 0;
  for (size_t at = text.find(separator); at != std::string::npos; at = text.find(separator, begin)) {
    parts.push_back(text.substr(begin, at - begin));
    begin = at + separator.size();
  }
  parts.push_back(text.substr(begin));
  return parts;
}

// Takes **bold** and [text](address) out of a sentence.
std::string lift_tags(const std::string& marked, InlineTags& tags) {
  std::string plain;
  size_t i = 0;
  while (i < marked.size()) {
    const bool bold = marked.compare(i, 2, "**") == 0;
    const size_t end = bold ? marked.find("**", i + 2) : marked[i] == '[' ? marked.find("](", i) : std::string::npos;
    if (end == std::string::npos) {
      plain += marked[i++];
      continue;
    }
    const size_t begin = i + (bold ? 2 : 1);
    InlineTag tag{.name = bold ? "strong" : "a"};
    tag.span.begin = count_points(plain);
    plain += marked.substr(begin, end - begin);
    tag.span.end = count_points(plain);
    i = end + 2;
    if (!bold) {
      const size_t close = marked.find(')', i);
      tag.attributes["href"] = marked.substr(i, close - i);
      i = close + 1;
    }
    tags.push_back(tag);
  }
  return plain;
}

class Reader {
 public:
  SiteArticle read(const fs::path& path) {
    std::ifstream in(path);
    for (std::string line; std::getline(in, line);) {
      if (line.starts_with("== "))
        begin_version(line.substr(3));
      else if (article_.versions.empty())
        head(line);
      else if (!line.empty())
        text(line);
    }
    link_sources();
    return std::move(article_);
  }

 private:
  void head(const std::string& line) {
    const std::string key = line.substr(0, line.find(' '));
    const std::string value = line.substr(key.size() + 1);
    const std::vector<std::string> words = split(value, " ");
    if (key == "id") article_.id = value;
    if (key == "section") article_.section = value;
    if (key == "authors") article_.authors = split(value, ", ");
    if (key == "tags") article_.tags = split(value, ", ");
    if (key == "date") article_.published = parse_time(value);
    if (key == "correction") correction_ = parse_time(value);
    if (key == "image") {
      article_.image = {words[0], std::stoi(words[1]), std::stoi(words[2]), ""};
      for (size_t i = 3; i < words.size(); ++i) article_.image.credit += (i > 3 ? " " : "") + words[i];
    }
    if (key == "withdrawn") {
      article_.withdrawn = true;
      article_.withdrawn_at = parse_time(words[0]);
      article_.withdrawal_reason = words[1];
    }
  }

  void begin_version(const std::string& line) {
    const std::vector<std::string> words = split(line, " ");
    SiteVersion version;
    version.version.language = *Language::parse(words[0]);
    version.version.status = words[1] == "held" ? VersionStatus::held : VersionStatus::published;
    version.made_by = words[1] == "people"     ? Making::people
                      : words[1] == "reviewed" ? Making::machine_reviewed
                                               : Making::machine;
    if (version.made_by != Making::people) version.model = "starter 1";
    if (words.size() > 2) version.version.score = std::stof(words[2]);
    if (const size_t by = line.find("by="); by != std::string::npos) version.reviewed_by = line.substr(by + 3);
    version.behind_source = line.ends_with(" behind");
    version.revision_time = article_.published;
    version.published = article_.published + std::chrono::seconds(words[0] == "id" ? 0 : 40);
    version.modified = version.published;
    if (!version.reviewed_by.empty()) {
      version.modified += std::chrono::hours(1);
      version.reviewed_at = version.modified;
    }
    version.tag_names = tag_names(version.version.language);
    article_.versions.push_back(version);
    row_ = 0;
  }

  std::vector<std::string> tag_names(Language language) const {
    static const std::map<std::string, std::map<Language, std::string>> kNames = {{"suku bunga",
                                                                                   {{Language::en, "Interest rates"},
                                                                                    {Language::zh, "利率"},
                                                                                    {Language::ja, "金利"},
                                                                                    {Language::ar, "أسعار الفائدة"},
                                                                                    {Language::fr, "Taux d’intérêt"}}},
                                                                                  {"gunung api",
                                                                                   {{Language::en, "Volcanoes"},
                                                                                    {Language::zh, "火山"},
                                                                                    {Language::ja, "火山"},
                                                                                    {Language::ar, "براكين"},
                                                                                    {Language::fr, "Volcans"}}},
                                                                                  {"bulu tangkis",
                                                                                   {{Language::en, "Badminton"},
                                                                                    {Language::zh, "羽毛球"},
                                                                                    {Language::ja, "バドミントン"},
                                                                                    {Language::ar, "الريشة الطائرة"},
                                                                                    {Language::fr, "Badminton"}}},
                                                                                  {"transportasi",
                                                                                   {{Language::en, "Transport"},
                                                                                    {Language::zh, "交通"},
                                                                                    {Language::ja, "交通"},
                                                                                    {Language::ar, "النقل"},
                                                                                    {Language::fr, "Transports"}}}};
    std::vector<std::string> names;
    for (const std::string& tag : article_.tags) {
      const auto known = kNames.find(tag);
      const bool found = known != kNames.end() && known->second.contains(language);
      names.push_back(found ? known->second.at(language) : "");
    }
    return names;
  }

  void text(const std::string& line) {
    SiteVersion& version = article_.versions.back();
    if (line.starts_with("@ "))
      version.image_caption = line.substr(2);
    else if (line.starts_with("! "))
      version.image_alt = line.substr(2);
    else if (line.starts_with("!! "))
      version.corrections.push_back({correction_, CorrectionKind::article, line.substr(3)});
    else if (line.starts_with("## "))
      add(BlockType::subheading, line.substr(3)).attributes["level"] = "2";
    else if (line.starts_with("# "))
      version.version.title = add(BlockType::headline, line.substr(2)).text;
    else if (line.starts_with("> "))
      add(BlockType::standfirst, line.substr(2));
    else if (line.starts_with("* "))
      add(BlockType::dateline, line.substr(2));
    else if (line.starts_with("- "))
      add(BlockType::list_item, line.substr(2)).attributes = {{"list", "unordered"}, {"depth", "1"}};
    else if (line.starts_with("\" "))
      add(BlockType::quote, line.substr(2));
    else if (line.starts_with("| "))
      row(line);
    else
      add(BlockType::paragraph, line);
  }

  void row(const std::string& line) {
    const std::vector<std::string> cells = split(line.substr(2, line.size() - 4), " | ");
    for (size_t i = 0; i < cells.size(); ++i) {
      add(BlockType::table_cell, cells[i]).attributes = {
          {"row", std::to_string(row_)}, {"column", std::to_string(i)}, {"header", row_ == 0 ? "true" : "false"}};
    }
    ++row_;
  }

  Block& add(BlockType type, const std::string& marked) {
    SiteVersion& version = article_.versions.back();
    const bool spaced = version.version.language != Language::zh && version.version.language != Language::ja;
    Block block{.id = "b" + std::to_string(version.blocks.size() + 1), .type = type};
    for (const std::string& part : type == BlockType::table_cell ? std::vector{marked} : split(marked, "|")) {
      TranslatedSegment segment;
      segment.id = "s" + std::to_string(version.version.segments.size() + 1);
      segment.block_id = block.id;
      segment.text = lift_tags(part, segment.tags);
      if (!block.text.empty() && spaced) block.text += ' ';
      const int shift = count_points(block.text);
      for (InlineTag tag : segment.tags) {
        tag.span = {tag.span.begin + shift, tag.span.end + shift};
        block.tags.push_back(tag);
      }
      block.text += segment.text;
      if (type != BlockType::dateline) version.version.segments.push_back(segment);
    }
    version.blocks.push_back(block);
    return version.blocks.back();
  }

  void link_sources() {
    const std::vector<TranslatedSegment>& main = article_.versions.front().version.segments;
    for (size_t k = 1; k < article_.versions.size(); ++k) {
      std::vector<TranslatedSegment>& own = article_.versions[k].version.segments;
      for (size_t i = 0; i < own.size() && i < main.size(); ++i) own[i].source = main[i].text;
    }
  }

  SiteArticle article_;
  Time correction_;
  int row_ = 0;
};

}  // namespace

std::vector<SiteArticle> sample_articles(const fs::path& folder) {
  std::vector<SiteArticle> articles;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".txt") articles.push_back(Reader().read(entry.path()));
  }
  std::ranges::sort(articles, {}, [](const SiteArticle& article) { return std::pair(article.published, article.id); });
  return articles;
}

SiteConfig sample_site() {
  SiteConfig site;
  site.name = "Warta Nusantara";
  site.titles = {{Language::zh, "群岛新闻"}, {Language::ja, "群島ニュース"}, {Language::ar, "أخبار الأرخبيل"}};
  site.taglines = {{Language::id, "Berita Indonesia untuk dunia"}, {Language::en, "News from Indonesia, for the world"},
                   {Language::zh, "来自印度尼西亚的新闻"},         {Language::ja, "インドネシアから世界へ"},
                   {Language::ar, "أخبار إندونيسيا إلى العالم"},   {Language::fr, "L’Indonésie au jour le jour"}};
  for (const char* slug : {"nasional", "ekonomi", "daerah", "olahraga", "budaya", "sains", "opini"})
    site.sections.push_back({slug, {}});
  site.contact_email = "redaksi@example.org";
  return site;
}

SampleSource::SampleSource(std::vector<SiteArticle> list) {
  for (SiteArticle& article : list) articles[article.id] = std::move(article);
}

Result<void> SampleSource::each(const std::function<Result<void>(const SiteArticle&)>& take) {
  std::vector<const SiteArticle*> sorted;
  for (const auto& [id, article] : articles) sorted.push_back(&article);
  std::ranges::sort(sorted, {}, [](const SiteArticle* article) { return std::pair(article->published, article->id); });
  for (const SiteArticle* article : sorted) KABAR_TRY(take(*article));
  return {};
}

Result<std::optional<SiteArticle>> SampleSource::find(std::string_view id) {
  const auto found = articles.find(std::string(id));
  if (found == articles.end()) return std::nullopt;
  return found->second;
}

}  // namespace kabar::site
