// The Renderer of the product: markup/, translate/ and checks/ in one place.
#pragma once
#include <functional>
#include <mutex>
#include <optional>

#include "life/renderer.h"
#include "translate/pipeline.h"

namespace kabar::life {

// Loads models and word lists when they are needed for the first time: importing and reviewing go without.
class PipelineRenderer final : public Renderer {
 public:
  using Load = std::function<Result<translate::Pipeline>()>;
  // Called until it succeeds once. The pipeline's translator and knowledge must outlive this.
  explicit PipelineRenderer(Load load) : load_(std::move(load)) {}
  // The next call loads again. Not while another call runs.
  void forget();

  bool knows_word(std::string_view word, Language language) override;
  std::vector<Segment> segment(const Article& article) override;
  Result<std::vector<std::vector<TranslatedSegment>>> translate(const Article& article,
                                                                std::span<const Segment> segments,
                                                                std::span<const size_t> wanted,
                                                                std::span<const Language> targets,
                                                                std::stop_token stop) override;
  Result<void> check(const Article& article, std::span<const Segment> segments, std::span<Version> versions) override;
  InlineTags carry_tags(const Segment& source, const TranslatedSegment& translation) override;
  std::vector<Block> assemble(const Article& article, std::span<const Segment> segments,
                              std::span<const TranslatedSegment> translation, Language language) override;

 private:
  Result<const translate::Pipeline*> pipeline();

  Load load_;
  std::mutex mutex_;  // of the line below
  std::optional<translate::Pipeline> pipeline_;
};

}  // namespace kabar::life
