#include "mt/marian_options.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "mt/limits.h"

namespace kabar::mt {
namespace {

using Values = std::map<std::string, std::string, std::less<>>;

std::string_view trim(std::string_view text) {
  while (!text.empty() && (text.back() == ' ' || text.back() == '\r')) text.remove_suffix(1);
  while (text.starts_with(' ')) text.remove_prefix(1);
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front()) {
    text = text.substr(1, text.size() - 2);
  }
  return text;
}

// Top-level "key: value" lines. A list below a key becomes "[]" if it is empty, else "[…]".
Values read_values(std::string_view yaml) {
  Values values;
  std::string key;
  for (size_t at = 0; at < yaml.size();) {
    const size_t end = std::min(yaml.find('\n', at), yaml.size());
    const std::string_view line = yaml.substr(at, end - at);
    at = end + 1;
    if (line.empty() || line[0] == '#') continue;
    if (line[0] == ' ' || line[0] == '-') {
      if (!key.empty() && values[key].empty()) values[key] = trim(line) == "[]" ? "[]" : "[…]";
      continue;
    }
    const size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    key = line.substr(0, colon);
    values[key] = trim(line.substr(colon + 1));
  }
  return values;
}

// What an option may be; anything else computes something that we do not.
struct Allowed {
  std::string_view key;
  std::string_view values;  // separated by blanks; an empty or missing option is always allowed
};
constexpr Allowed kAllowed[] = {
    {"type", "transformer"},
    {"transformer-ffn-depth", "2"},
    {"transformer-decoder-ffn-depth", "0 2"},
    {"transformer-decoder-autoreg", "self-attention rnn"},
    {"transformer-preprocess", "d"},
    {"transformer-postprocess", "dan an"},
    {"transformer-postprocess-emb", "d"},
    {"transformer-postprocess-top", "d"},
    {"transformer-no-projection", "false"},
    {"transformer-rnn-projection", "false"},
    {"transformer-no-bias", "false"},
    {"transformer-no-affine", "false"},
    {"transformer-pool", "false"},
    {"transformer-tied-layers", "[]"},
    {"transformer-train-positions", "false"},
    {"transformer-train-position-embeddings", "false"},
    {"layer-normalization", "false"},
    {"right-left", "false"},
    {"skip", "false"},
    {"ulr", "false"},
    {"lemma-dim-emb", "0"},
    {"factors-dim-emb", "0"},
    {"input-types", "[]"},
};

bool allows(std::string_view values, std::string_view value) {
  for (size_t at = 0; at <= values.size();) {
    const size_t end = std::min(values.find(' ', at), values.size());
    if (values.substr(at, end - at) == value) return true;
    at = end + 1;
  }
  return false;
}

class Reader {
 public:
  Reader(const Values& values, std::string_view name) : values_(values), name_(name) {}

  std::string_view text(std::string_view key) const {
    const auto found = values_.find(key);
    return found == values_.end() ? std::string_view() : std::string_view(found->second);
  }
  Result<int> number(std::string_view key, int lowest, int highest) const {
    const std::string_view value = text(key);
    int number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    if (error != std::errc() || end != value.data() + value.size() || number < lowest || number > highest) {
      return fail(ErrorKind::bad_input, std::string(name_),
                  fmt::format("option {} is '{}', not a number from {} to {}", key, value, lowest, highest));
    }
    return number;
  }

 private:
  const Values& values_;
  std::string_view name_;
};

Result<nn::Activation> activation(std::string_view value, std::string_view name) {
  if (value == "relu") return nn::Activation::relu;
  if (value == "swish") return nn::Activation::swish;
  if (value == "gelu") return nn::Activation::gelu;
  return fail(ErrorKind::unsupported, std::string(name),
              fmt::format("option transformer-ffn-activation is '{}'", value));
}

}  // namespace

Result<MarianOptions> parse_marian_options(std::string_view yaml, std::string_view name) {
  const Values values = read_values(yaml);
  const Reader reader(values, name);
  for (const Allowed& allowed : kAllowed) {
    const std::string_view value = reader.text(allowed.key);
    if (!value.empty() && !allows(allowed.values, value)) {
      return fail(ErrorKind::unsupported, std::string(name), fmt::format("option {} is '{}'", allowed.key, value));
    }
  }
  MarianOptions options;
  nn::Shape& shape = options.encoder;
  KABAR_ASSIGN(shape.width, reader.number("dim-emb", 2, kWidthMax));
  KABAR_ASSIGN(shape.heads, reader.number("transformer-heads", 1, kWidthMax));
  KABAR_ASSIGN(shape.inner, reader.number("transformer-dim-ffn", 1, kInnerMax));
  KABAR_ASSIGN(shape.activation, activation(reader.text("transformer-ffn-activation"), name));
  if (shape.width % shape.heads != 0 || shape.width % 2 != 0) {
    return fail(ErrorKind::bad_input, std::string(name),
                fmt::format("dim-emb {} does not fit {} heads", shape.width, shape.heads));
  }
  KABAR_ASSIGN(options.encoder_layers, reader.number("enc-depth", 1, kLayersMax));
  KABAR_ASSIGN(options.decoder_layers, reader.number("dec-depth", 1, kLayersMax));
  options.decoder = shape;
  if (!reader.text("transformer-decoder-dim-ffn").empty()) {
    KABAR_ASSIGN(const int inner, reader.number("transformer-decoder-dim-ffn", 0, kInnerMax));
    if (inner > 0) options.decoder.inner = inner;
  }
  options.ssru = reader.text("transformer-decoder-autoreg") == "rnn";
  if (options.ssru && reader.text("dec-cell") != "ssru") {
    return fail(ErrorKind::unsupported, std::string(name),
                fmt::format("option dec-cell is '{}'", reader.text("dec-cell")));
  }
  options.output_is_embedding =
      reader.text("tied-embeddings") == "true" || reader.text("tied-embeddings-all") == "true";
  options.has_output_bias = reader.text("output-omit-bias") != "true";
  const std::string_view layer = reader.text("transformer-guided-alignment-layer");
  if (!layer.empty() && layer != "last") {
    KABAR_ASSIGN(const int number, reader.number("transformer-guided-alignment-layer", 1, options.decoder_layers));
    options.alignment_layer = number - 1;
  }
  return options;
}

}  // namespace kabar::mt
