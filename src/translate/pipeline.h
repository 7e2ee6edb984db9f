// The pure pipeline from segments to translated segments: what `kabar translate` prints and what the newsroom's
// steps store. No files, no database.
//
//   fix        facts, terms and names leave the sentence as placeholders      protect.h, fixed_terms.h, names.h
//   translate  all sentences, all languages, the source read once             mt/translator.h
//   restore    they come back, written for the reader; elision, tags, marks   protect.h, articles.h, finish.h
//   check      what differs from the source is found; the best of six is taken  review.h
//   repair     doubtful sentences once more, the best of several hypotheses   review.h
#pragma once
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "article/article.h"
#include "article/version.h"
#include "base/result.h"
#include "checks/check.h"
#include "mt/translator.h"
#include "translate/context.h"

namespace kabar::translate {

// Keeps references to both; thread-safe.
class Pipeline {
 public:
  Pipeline(const mt::Translator& translator, const checks::Knowledge& knowledge)
      : translator_(translator), knowledge_(knowledge) {}

  // Translates article[i] for every i of `wanted` into every target: [target][position in wanted]. The whole article
  // is needed to know what was mentioned before. Texts without words (a number, an address) are copied.
  // Errors: those of the translator.
  Result<std::vector<std::vector<TranslatedSegment>>> translate(std::span<const Segment> article,
                                                                std::span<const size_t> wanted, const Context& context,
                                                                std::span<const Language> targets,
                                                                std::stop_token stop = {}) const;

  const checks::Knowledge& knowledge() const { return knowledge_; }

 private:
  const mt::Translator& translator_;
  const checks::Knowledge& knowledge_;
};

}  // namespace kabar::translate
