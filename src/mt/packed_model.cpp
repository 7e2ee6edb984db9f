#include "mt/packed_model.h"

#include "mt/placeholder.h"
#include "mt/rules.h"

namespace kabar::mt {
namespace {

bool has_placeholders(const Vocabulary& vocabulary) {
  return placeholder_pieces(vocabulary).size() == kPlaceholderKinds.size() * kPlaceholdersPerKind;
}

}  // namespace

Result<std::shared_ptr<const PackedModel>> PackedModel::make(std::shared_ptr<const Model> model) {
  KABAR_ASSIGN(const kernels::Kernels* kernels, kernels::choose());
  auto packed = std::make_shared<PackedModel>();
  packed->encoder = std::make_unique<nn::PackedEncoder>(*kernels, model->encoder);
  packed->kernels_ = kernels;
  packed->heads_ = std::make_unique<LazyHead[]>(model->heads.size());
  packed->model = std::move(model);
  return packed;
}

PackedModel::ReadyHead::ReadyHead(const kernels::Kernels& kernels, const ModelHead& head)
    : packed(kernels, head.weights),
      placeholders(placeholder_pieces(head.vocabulary)),
      digits(digit_pieces(head.vocabulary)) {}

const PackedModel::ReadyHead& PackedModel::ready_head(int head) const {
  const size_t place = static_cast<size_t>(head);
  LazyHead& lazy = heads_[place];
  std::call_once(lazy.once, [&] { lazy.ready = std::make_unique<ReadyHead>(*kernels_, model->heads[place]); });
  return *lazy.ready;
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
