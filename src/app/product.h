// What translates on the product's path: the models that are installed, the knowledge of the checks, the pipeline.
#pragma once
#include <filesystem>
#include <memory>
#include <span>
#include <thread>
#include <vector>

#include "base/language.h"
#include "base/result.h"
#include "checks/check.h"
#include "mt/engine.h"
#include "terms/term_list.h"
#include "translate/pipeline.h"

namespace kabar::app {

struct Product {
  std::unique_ptr<mt::Engine> engine;
  checks::Knowledge knowledge;

  translate::Pipeline pipeline() const { return {*engine, knowledge}; }
};

struct ProductOptions {
  std::filesystem::path model;             // a package; empty: all that are in models/ of the share folder
  int threads = 0;                         // 0 = one per core
  const terms::TermList* terms = nullptr;  // a newsroom's own, for as long as the call lasts; none without it
};

// Errors: not_found (no model, no data), and those of a faulty package or data file.
Result<Product> load_product(const ProductOptions& options);

// Makes what the checks need for these languages while the engine is at work; it is otherwise made when first asked
// for.
std::jthread warm_up(const Product& product, std::vector<Language> targets);

// not_found, naming the pair, if the models cannot translate `source` into one of `targets`.
Result<void> check_targets(const Product& product, Language source, std::span<const Language> targets);

}  // namespace kabar::app
