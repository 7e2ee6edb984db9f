#include "app/eval_command.h"

#include <fmt/format.h>

#include <numeric>

#include "app/eval_set.h"
#include "app/product.h"
#include "base/file.h"
#include "mt/package.h"
#include "text/facts/compare.h"
#include "train/metrics/bleu.h"
#include "train/metrics/chrf.h"

namespace kabar::app {
namespace {

struct EvalArguments {
  std::filesystem::path package, set, output;
  std::string from;
  bool bare = false;
  int beam = 1;
};

// What came out for one target, line by line.
struct Output {
  std::vector<std::string> texts;
  int cut = 0;  // stopped by the length limit or the loop detector
};

Result<std::vector<Output>> translate_alone(const EvalArguments& arguments, const mt::Engine& engine,
                                            const std::vector<std::string>& lines, Language source,
                                            std::span<const Language> targets) {
  KABAR_ASSIGN(const auto hypotheses, translate_bare(engine, lines, source, targets, arguments.beam));
  std::vector<Output> outputs(targets.size());
  for (size_t target = 0; target < targets.size(); ++target) {
    for (const mt::Hypothesis& hypothesis : hypotheses[target]) {
      outputs[target].texts.push_back(hypothesis.text);
      outputs[target].cut += hypothesis.cut ? 1 : 0;
    }
  }
  return outputs;
}

Result<std::vector<Output>> translate_as_product(const Product& product, const std::vector<std::string>& lines,
                                                 Language source, std::span<const Language> targets) {
  std::vector<Segment> segments(lines.size());
  for (size_t i = 0; i < lines.size(); ++i) {
    segments[i].id = fmt::format("{}", i);
    segments[i].text = lines[i];
  }
  std::vector<size_t> wanted(lines.size());
  std::iota(wanted.begin(), wanted.end(), size_t{0});
  translate::Context context;
  context.source = source;
  context.continuous = false;
  KABAR_ASSIGN(const auto translated, product.pipeline().translate(segments, wanted, context, targets));
  std::vector<Output> outputs(targets.size());
  for (size_t target = 0; target < targets.size(); ++target) {
    for (const TranslatedSegment& segment : translated[target]) outputs[target].texts.push_back(segment.text);
  }
  return outputs;
}

// The share of sentences whose facts all stand in the translation.
double facts_kept(const std::vector<std::string>& sources, const std::vector<std::string>& texts, Language source,
                  Language target) {
  int with_facts = 0;
  int kept = 0;
  for (size_t i = 0; i < sources.size(); ++i) {
    const std::vector<text::Fact> facts = text::find_facts(sources[i], source);
    if (facts.empty()) continue;
    ++with_facts;
    const text::FactComparison comparison = text::compare_facts(facts, text::find_facts(texts[i], target), target);
    if (comparison.lost.empty() && comparison.changed.empty()) ++kept;
  }
  return with_facts == 0 ? 100.0 : 100.0 * kept / with_facts;
}

void print_scores(const std::vector<std::string>& sources, const Output& output,
                  const std::vector<std::string>& references, Language source, Language target) {
  const std::unique_ptr<train::BleuTokenizer> tokenizer = train::bleu_tokenizer(target);
  fmt::print("{}-{}  chrF2 {:5.1f}  BLEU {:5.1f}  facts kept {:5.1f} %  cut {}\n", source.view(), target.view(),
             train::chrf(output.texts, references), train::bleu(output.texts, references, *tokenizer),
             facts_kept(sources, output.texts, source, target), output.cut);
  fmt::print("       chrF2 {}  BLEU {}\n", train::kChrfSignature, train::bleu_signature(*tokenizer));
}

Result<void> write_output(const std::filesystem::path& folder, const Output& output, Language target) {
  std::string text;
  for (const std::string& line : output.texts) text += line + "\n";
  return disk(false).write(folder / (target.code() + ".txt"), text);
}

Result<void> evaluate(const EvalArguments& arguments) {
  KABAR_ASSIGN(const EvalSet set, read_eval_set(arguments.set));
  KABAR_ASSIGN(const mt::PackageInfo info, mt::read_package_info(arguments.package));
  KABAR_ASSIGN(const Language source, mt::source_of(info, arguments.from));
  const auto source_lines = set.find(source);
  if (source_lines == set.end()) {
    return fail(ErrorKind::not_found, arguments.set.string(),
                fmt::format("has no sentences in the source language '{}'", source.view()));
  }
  std::vector<Language> targets;
  for (const Language head : info.heads) {
    if (set.contains(head) && head != source) targets.push_back(head);
  }
  ProductOptions options;
  options.model = arguments.package;
  KABAR_ASSIGN(const Product product, load_product(options));
  Result<std::vector<Output>> outputs =
      arguments.bare ? translate_alone(arguments, *product.engine, source_lines->second, source, targets)
                     : translate_as_product(product, source_lines->second, source, targets);
  if (!outputs) return tl::unexpected<Error>(std::move(outputs).error());
  fmt::print("{} {} on {} ({} sentences, {})\n", info.name, info.version, arguments.set.string(),
             source_lines->second.size(), arguments.bare ? "model alone" : "as the product translates");
  for (size_t i = 0; i < targets.size(); ++i) {
    print_scores(source_lines->second, (*outputs)[i], set.at(targets[i]), source, targets[i]);
    if (!arguments.output.empty()) KABAR_TRY(write_output(arguments.output, (*outputs)[i], targets[i]));
  }
  return {};
}

}  // namespace

std::function<Result<void>()> declare_model_eval(CLI::App& app) {
  auto arguments = std::make_shared<EvalArguments>();
  app.add_option("PACKAGE", arguments->package, "Folder of the package")->required();
  app.add_option("--set", arguments->set, "Sentences and references: a folder with XX.txt, or six columns id..ar")
      ->required()
      ->type_name("PATH");
  app.add_flag("--bare", arguments->bare, "The model alone: no placeholders, terms, checks or typography");
  app.add_option("--from", arguments->from, "Source language; else the package's main one");
  app.add_option("--beam", arguments->beam, "With --bare: beam size")->check(CLI::Range(1, 16))->capture_default_str();
  app.add_option("--output", arguments->output, "Also write the translations to XX.txt in this folder")
      ->type_name("FOLDER");
  return [arguments]() { return evaluate(*arguments); };
}

}  // namespace kabar::app
