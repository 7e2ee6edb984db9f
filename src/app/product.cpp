#include "app/product.h"

#include <future>
#include <utility>

#include <fmt/format.h>

#include "app/resources.h"
#include "mt/package.h"

namespace kabar::app {

Result<Product> load_product(const ProductOptions& options) {
  const std::filesystem::path models = share_folder() / "models";
  const std::vector<std::filesystem::path> packages =
      options.model.empty() ? mt::list_packages(models) : std::vector<std::filesystem::path>{options.model};
  if (packages.empty()) return fail(ErrorKind::not_found, models.string(), "no translation model is installed");
  const terms::TermList none;
  const terms::TermList& own = options.terms == nullptr ? none : *options.terms;
  std::future<Result<checks::Knowledge>> knowledge =
      std::async(std::launch::async, [&] { return checks::Knowledge::load(share_folder() / "data", own); });
  std::vector<std::shared_ptr<const mt::Model>> loaded;
  for (const std::filesystem::path& package : packages) {
    KABAR_ASSIGN(mt::Model model, mt::load_package(package));
    loaded.push_back(std::make_shared<const mt::Model>(std::move(model)));
  }
  Product product;
  KABAR_ASSIGN(product.engine, mt::Engine::create(std::move(loaded), options.threads));
  KABAR_ASSIGN(product.knowledge, knowledge.get());
  return product;
}

std::jthread warm_up(const Product& product, std::vector<Language> targets) {
  return std::jthread([knowledge = product.knowledge, targets = std::move(targets)] {
    for (const Language target : targets) knowledge.warm_up(target);
  });
}

Result<void> check_targets(const Product& product, Language source, std::span<const Language> targets) {
  for (const Language target : targets) {
    if (product.engine->translates(source, target)) continue;
    return fail(ErrorKind::not_found, "", fmt::format("no model translates {} into {}", source.view(), target.view()));
  }
  return {};
}

}  // namespace kabar::app
