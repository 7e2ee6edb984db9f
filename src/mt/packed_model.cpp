#include "mt/packed_model.h"

#include "mt/placeholder.h"

namespace kabar::mt {
namespace {

bool has_placeholders(const Vocabulary& vocabulary) {
  for (const char kind : kPlaceholderKinds) {
    for (int index = 0; index < kPlaceholdersPerKind; ++index) {
      if (!vocabulary.find(to_string({kind, index}))) return false;
    }
  }
  return true;
}

}  // namespace

Result<std::shared_ptr<const PackedModel>> PackedModel::make(std::shared_ptr<const Model> model) {
  KABAR_ASSIGN(const kernels::Kernels* kernels, kernels::choose());
  auto packed = std::make_shared<PackedModel>();
  packed->encoder = std::make_unique<nn::PackedEncoder>(*kernels, model->encoder);
  for (const ModelHead& head : model->heads) {
    packed->heads.push_back(std::make_unique<nn::PackedHead>(*kernels, head.weights));
  }
  packed->model = std::move(model);
  return packed;
}

int PackedModel::head(Language language) const {
  for (size_t i = 0; i < model->heads.size(); ++i) {
    if (model->heads[i].language == language) return static_cast<int>(i);
  }
  return -1;
}

bool PackedModel::keeps_placeholders(int head) const {
  return has_placeholders(model->source_vocabulary) &&
         has_placeholders(model->heads[static_cast<size_t>(head)].vocabulary);
}

}  // namespace kabar::mt
