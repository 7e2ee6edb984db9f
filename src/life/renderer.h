// The seam between the life of an article and the work on its language: the production one is
// life/pipeline_renderer.h, tests put in their own.
#pragma once
#include <span>
#include <stop_token>
#include <string_view>
#include <vector>

#include "article/article.h"
#include "article/version.h"
#include "base/result.h"

namespace kabar::life {

// Pure: the same in gives the same out, nothing is stored. While one thread is in translate(), another may use the
// rest.
class Renderer {
 public:
  virtual ~Renderer() = default;

  // Whether the language writes this word, in small letters; false also where no list can tell.
  virtual bool knows_word(std::string_view word, Language language) = 0;

  // The sentences of all text blocks in order; ids are given by the caller.
  virtual std::vector<Segment> segment(const Article& article) = 0;

  // article[i] for every i of `wanted` into every target: [target][position in wanted], with findings and score.
  virtual Result<std::vector<std::vector<TranslatedSegment>>> translate(const Article& article,
                                                                        std::span<const Segment> segments,
                                                                        std::span<const size_t> wanted,
                                                                        std::span<const Language> targets,
                                                                        std::stop_token stop) = 0;

  // Brings findings and scores of all segments and of the versions up to date. `versions` are the languages of one
  // revision that are checked together, so that one that disagrees with the others is found.
  virtual Result<void> check(const Article& article, std::span<const Segment> segments,
                             std::span<Version> versions) = 0;

  // The tags of the source on a translation whose text was kept or written by a person.
  virtual InlineTags carry_tags(const Segment& source, const TranslatedSegment& translation) = 0;

  // The blocks of the article with the text of the translation in place; segments without one are left out.
  virtual std::vector<Block> assemble(const Article& article, std::span<const Segment> segments,
                                      std::span<const TranslatedSegment> translation, Language language) = 0;
};

}  // namespace kabar::life
