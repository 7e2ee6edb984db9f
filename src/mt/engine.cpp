#include "mt/engine.h"

#include <algorithm>

#include <fmt/format.h>

#include "mt/pass.h"
#include "mt/pivot.h"
#include "mt/route.h"

namespace kabar::mt {
namespace {

constexpr int kBeamMax = 16;
constexpr float kLengthFactorMax = 8.0f;  // kSourceTokensMax times this stays below nn::Positions::kCount

SearchOptions search_options(const TranslateOptions& options) {
  return {.beam_size = std::clamp(options.beam_size, 1, kBeamMax),
          .normalize = options.normalize,
          .length_factor = std::clamp(options.length_factor, 0.5f, kLengthFactorMax),
          .cut_loops = true};
}

// The constraints that every sentence has for one target; empty if none has any.
std::vector<SentenceConstraints> constraints_of(std::span<const Sentence> sentences, size_t target) {
  std::vector<SentenceConstraints> all;
  bool any = false;
  for (const Sentence& sentence : sentences) {
    all.push_back(target < sentence.constraints.size() ? sentence.constraints[target] : SentenceConstraints{});
    any = any || !all.back().empty();
  }
  if (!any) all.clear();
  return all;
}

// One head's part of a pass, and where its hypotheses go.
struct Order {
  const PackedModel* model;
  PassTarget target;
  std::vector<Hypothesis>* result;
};

// One pass per model, each for all the orders that it has.
Result<void> run_orders(Scheduler& scheduler, std::span<const Sentence> sentences, std::vector<Order> orders,
                        const SearchOptions& options, int others, std::stop_token stop) {
  while (!orders.empty()) {
    const PackedModel* model = orders.front().model;
    std::vector<PassTarget> targets;
    std::vector<std::vector<Hypothesis>*> results;
    std::vector<Order> later;
    for (Order& order : orders) {
      if (order.model != model) {
        later.push_back(std::move(order));
        continue;
      }
      targets.push_back(std::move(order.target));
      results.push_back(order.result);
    }
    KABAR_ASSIGN(std::vector<std::vector<Hypothesis>> found,
                 run_pass(scheduler, *model, sentences, targets, options, others, stop));
    for (size_t i = 0; i < found.size(); ++i) *results[i] = std::move(found[i]);
    orders = std::move(later);
  }
  return {};
}

// The second pass of a pivot for target number `target`: the constraints follow their words into English.
Order second_order(const Route& route, std::span<const Sentence> sentences, size_t target,
                   std::span<const Hypothesis> english, std::vector<Hypothesis>& result) {
  Order order{route.second, {route.second_head, constraints_of(sentences, target)}, &result};
  for (size_t s = 0; s < order.target.constraints.size(); ++s) {
    order.target.constraints[s] = carry_over(english[s].alignment, order.target.constraints[s]);
  }
  return order;
}

}  // namespace

Result<std::unique_ptr<Engine>> Engine::create(std::vector<std::shared_ptr<const Model>> models, int threads) {
  std::unique_ptr<Engine> engine(new Engine(threads));
  KABAR_TRY(engine->replace(std::move(models)));
  return engine;
}

Result<void> Engine::replace(std::vector<std::shared_ptr<const Model>> models) {
  auto packed = std::make_shared<Models>();
  for (std::shared_ptr<const Model>& model : models) {
    KABAR_ASSIGN(std::shared_ptr<const PackedModel> one, PackedModel::make(std::move(model)));
    packed->push_back(std::move(one));
  }
  const std::lock_guard lock(mutex_);
  models_ = std::move(packed);
  return {};
}

std::shared_ptr<const Engine::Models> Engine::models() const {
  const std::lock_guard lock(mutex_);
  return models_;
}

Result<std::vector<std::vector<Hypothesis>>> Engine::translate(std::span<const Sentence> sentences, Language source,
                                                               std::span<const Language> targets,
                                                               const TranslateOptions& options,
                                                               std::stop_token stop) const {
  const std::shared_ptr<const Models> models = this->models();
  std::vector<Route> routes;
  for (const Language target : targets) {
    routes.push_back(find_route(*models, source, target));
    if (!routes.back().exists()) {
      return fail(ErrorKind::not_found, fmt::format("{}-{}", source.view(), target.view()), "no model translates this");
    }
  }

  // The English that pivots start from is made once; it is the reader's own if English is asked for as well.
  const SearchOptions search = search_options(options);
  std::vector<std::vector<Hypothesis>> results(targets.size());
  std::vector<Hypothesis> pivot_english;
  const std::vector<Hypothesis>* english = nullptr;
  std::vector<Order> orders;
  for (size_t t = 0; t < targets.size(); ++t) {
    if (routes[t].pivots()) continue;
    orders.push_back({routes[t].first, {routes[t].first_head, constraints_of(sentences, t)}, &results[t]});
    if (targets[t] == Language::en) english = &results[t];
  }
  const auto pivot = std::find_if(routes.begin(), routes.end(), [](const Route& route) { return route.pivots(); });
  if (pivot != routes.end() && english == nullptr) {
    orders.push_back({pivot->first, {pivot->first_head, {}}, &pivot_english});
    english = &pivot_english;
  }
  KABAR_TRY(run_orders(scheduler_, sentences, std::move(orders), search, options.others, stop));
  if (pivot == routes.end()) return results;

  std::vector<Sentence> english_sentences;
  for (const Hypothesis& hypothesis : *english) english_sentences.push_back({.text = hypothesis.text});
  std::vector<Order> second;
  for (size_t t = 0; t < targets.size(); ++t) {
    if (routes[t].pivots()) second.push_back(second_order(routes[t], sentences, t, *english, results[t]));
  }
  KABAR_TRY(run_orders(scheduler_, english_sentences, std::move(second), search, options.others, stop));
  for (size_t t = 0; t < targets.size(); ++t) {
    if (!routes[t].pivots()) continue;
    for (size_t s = 0; s < sentences.size(); ++s) results[t][s] = join((*english)[s], std::move(results[t][s]));
  }
  return results;
}

std::string Engine::model_name(Language source, Language target) const {
  return name_of(find_route(*models(), source, target));
}

bool Engine::translates(Language source, Language target) const {
  return find_route(*models(), source, target).exists();
}

bool Engine::keeps_placeholders(Language source, Language target) const {
  const std::shared_ptr<const Models> models = this->models();
  const Route route = find_route(*models, source, target);
  if (!route.exists() || !route.first->keeps_placeholders(route.first_head)) return false;
  return !route.pivots() || route.second->keeps_placeholders(route.second_head);
}

Result<std::vector<std::vector<std::vector<DecodedHypothesis>>>> Engine::decode(
    std::span<const std::string> lines, Language source, std::span<const Language> targets,
    const SearchOptions& options, std::stop_token stop, std::span<const std::string> prefixes) const {
  const std::shared_ptr<const Models> models = this->models();
  const PackedModel* model = nullptr;
  std::vector<int> heads;
  for (const Language target : targets) {
    const Route route = find_route(*models, source, target);
    if (!route.exists() || route.pivots() || (model != nullptr && route.first != model)) {
      return fail(ErrorKind::not_found, fmt::format("{}-{}", source.view(), target.view()), "no model decodes this");
    }
    model = route.first;
    heads.push_back(route.first_head);
  }
  if (model == nullptr) return {};
  SearchOptions bounded = options;
  bounded.beam_size = std::clamp(options.beam_size, 1, kBeamMax);
  bounded.length_factor = std::clamp(options.length_factor, 0.5f, kLengthFactorMax);
  return decode_lines(scheduler_, *model, heads, lines, prefixes, bounded, stop);
}

}  // namespace kabar::mt
