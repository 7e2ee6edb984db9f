#include "mt/route.h"

namespace kabar::mt {
namespace {

struct Step {
  const PackedModel* model = nullptr;
  int head = 0;
};

Step find_step(std::span<const std::shared_ptr<const PackedModel>> models, Language source, Language target) {
  for (const std::shared_ptr<const PackedModel>& model : models) {
    if (!model->model->reads(source) || source == target) continue;
    if (const int head = model->head(target); head >= 0) return {model.get(), head};
  }
  return {};
}

std::string name_of(const Model& model) { return model.name + " " + model.version; }

}  // namespace

Route find_route(std::span<const std::shared_ptr<const PackedModel>> models, Language source, Language target) {
  if (const Step direct = find_step(models, source, target); direct.model != nullptr) {
    return {direct.model, direct.head, nullptr, 0};
  }
  const Step to_english = find_step(models, source, Language::en);
  const Step from_english = find_step(models, Language::en, target);
  if (to_english.model == nullptr || from_english.model == nullptr) return {};
  return {to_english.model, to_english.head, from_english.model, from_english.head};
}

std::string name_of(const Route& route) {
  if (!route.exists()) return "";
  const std::string first = name_of(*route.first->model);
  return route.pivots() ? first + " + " + name_of(*route.second->model) : first;
}

}  // namespace kabar::mt
