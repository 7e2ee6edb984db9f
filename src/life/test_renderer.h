// A Renderer for tests: sentences end at ". ", a translation is "LANGUAGE:" and the source. The word RAGU gives a
// warning, SALAH a blocking error.
#pragma once
#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "life/renderer.h"

namespace kabar::life {

class TestRenderer : public Renderer {
 public:
  std::vector<std::string> translated;  // sources that were asked for, once per sentence
  Language broken;                      // this target fails
  size_t checked_together = 0;          // versions in the last check
  std::set<std::string, std::less<>> misspelled = {"kawatir", "tennag"};
  std::function<void()> while_translating;  // called in the midst of translate()

  bool knows_word(std::string_view word, Language) override { return !misspelled.contains(word); }

  std::vector<Segment> segment(const Article& article) override {
    std::vector<Segment> segments;
    for (const Block& block : article.blocks) {
      size_t begin = 0;
      while (begin < block.text.size()) {
        const size_t end = std::min(block.text.find(". ", begin), block.text.size() - 1) + 1;
        Segment segment{.id = "", .block_id = block.id, .block_type = block.type};
        segment.text = block.text.substr(begin, end - begin);
        if (begin == 0) segment.tags = block.tags;
        segment.gap = end < block.text.size() ? " " : "";
        segments.push_back(std::move(segment));
        begin = end + 1;
      }
    }
    return segments;
  }

  Result<std::vector<std::vector<TranslatedSegment>>> translate(const Article&, std::span<const Segment> segments,
                                                                std::span<const size_t> wanted,
                                                                std::span<const Language> targets,
                                                                std::stop_token) override {
    if (std::find(targets.begin(), targets.end(), broken) != targets.end()) {
      return fail(ErrorKind::not_found, std::string(broken.view()), "no model");
    }
    if (while_translating) while_translating();
    for (const size_t index : wanted) translated.push_back(segments[index].text);
    std::vector<std::vector<TranslatedSegment>> result(targets.size());
    for (size_t i = 0; i < targets.size(); ++i) {
      for (const size_t index : wanted) {
        TranslatedSegment one{.id = segments[index].id, .block_id = segments[index].block_id};
        one.source = segments[index].text;
        one.text = targets[i].code() + ":" + segments[index].text;
        one.model = "test 1";
        one.tags = carry_tags(segments[index], one);
        result[i].push_back(std::move(one));
      }
    }
    return result;
  }

  Result<void> check(const Article&, std::span<const Segment>, std::span<Version> versions) override {
    checked_together = versions.size();
    for (Version& version : versions) check_one(version);
    return {};
  }

  void check_one(Version& version) {
    for (TranslatedSegment& segment : version.segments) {
      segment.findings.clear();
      if (segment.text.find("RAGU") != std::string::npos) {
        segment.findings.push_back({.check = "test", .severity = Severity::warning, .message = "doubtful"});
      }
      if (segment.text.find("SALAH") != std::string::npos) {
        segment.findings.push_back(
            {.check = "test", .severity = Severity::error, .blocking = true, .message = "wrong"});
      }
      segment.score = segment.findings.empty() ? 1.0f : 0.5f;
    }
    version.score = 0.5f;
  }

  InlineTags carry_tags(const Segment& source, const TranslatedSegment&) override { return source.tags; }

  std::vector<Block> assemble(const Article& article, std::span<const Segment> segments,
                              std::span<const TranslatedSegment> translation, Language) override {
    std::vector<Block> blocks = article.blocks;
    for (Block& block : blocks) {
      block.text.clear();
      for (size_t i = 0; i < segments.size(); ++i) {
        if (segments[i].block_id != block.id) continue;
        for (const TranslatedSegment& one : translation) {
          if (one.id == segments[i].id) block.text += one.text + segments[i].gap;
        }
      }
    }
    return blocks;
  }
};

// Headline and paragraphs parted by empty lines.
inline Article article_of(std::string id, std::string_view text) {
  Article article{.id = std::move(id)};
  while (!text.empty()) {
    const size_t end = std::min(text.find("\n\n"), text.size());
    article.blocks.push_back({.id = "b" + std::to_string(article.blocks.size() + 1),
                              .type = article.blocks.empty() ? BlockType::headline : BlockType::paragraph,
                              .text = std::string(text.substr(0, end))});
    text.remove_prefix(std::min(end + 2, text.size()));
  }
  return article;
}

}  // namespace kabar::life
