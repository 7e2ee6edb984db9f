#include "app/bench_mt.h"

#include <sys/resource.h>

#include <chrono>
#include <numeric>
#include <random>
#include <thread>

#include <fmt/format.h>

#include "base/file.h"
#include "kernels/kernels.h"
#include "mt/engine.h"
#include "mt/package.h"
#include "mt/random_model.h"

namespace kabar::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kPiecesPerWord = 1.36;  // of a 32k vocabulary on English news (docs/engine.md)
const std::vector<Language> kFive = {Language::ar, Language::en, Language::fr, Language::ja, Language::zh};

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// The shortest of `rounds` runs, in seconds: what disturbs a run only makes it longer.
template <typename Run>
double best_of(int rounds, const Run& run) {
  double best = 1e9;
  for (int i = 0; i < rounds; ++i) {
    const Clock::time_point start = Clock::now();
    run();
    best = std::min(best, seconds_since(start));
  }
  return best;
}

// Short windows, so that some of them are undisturbed.
constexpr int kWindows = 60;

double peak(int64_t (*loop)(int64_t)) {
  constexpr int64_t kRounds = 50000;
  const double seconds = best_of(kWindows, [&] { loop(kRounds); });
  return 2.0 * static_cast<double>(loop(kRounds)) / seconds / 1e9;
}

// Bytes a second of reading memory that no cache holds.
double memory_bandwidth() {
  std::vector<uint64_t> memory(size_t{1} << 24, 1);
  volatile uint64_t sink = 0;
  const double seconds = best_of(5, [&] { sink = std::accumulate(memory.begin(), memory.end(), uint64_t{0}); });
  return static_cast<double>(memory.size() * sizeof(uint64_t)) / seconds / 1e9;
}

class Bench {
 public:
  Bench(const kernels::Kernels& kernels, const BenchOptions& options) : kernels_(kernels), options_(options) {}

  void machine() {
    int8_peak_ = peak(kernels_.peak_s8);
    float_peak_ = peak(kernels_.peak_f32);
    add("int8 peak, one core", int8_peak_, "Gop/s", fmt::format("{}, registers only", kernels_.name));
    add("fp32 peak, one core", float_peak_, "Gflop/s", "");
    add("memory, one core", memory_bandwidth(), "GB/s", "sum of 128 MiB");
  }

  void products() {
    constexpr int kShapes[][2] = {{256, 256}, {256, 1536}, {1536, 256}};
    for (const auto& [inputs, outputs] : kShapes) {
      for (const int rows : {1, 8, 32, 64, 256}) product(rows, inputs, outputs);
    }
  }

  // The shapes of published students: a forced length, a random shortlist, one core.
  void students(const char* name, int width, int inner) {
    mt::RandomModelOptions model{.width = width,
                                 .inner = inner,
                                 .heads = 8,
                                 .encoder_layers = 6,
                                 .decoder_layers = 2,
                                 .vocabulary = 32000,
                                 .placeholders = false,
                                 .shortlist = 50,
                                 .end_bias = -1000};
    const std::vector<mt::Sentence> sentences = made_up_sentences(200, 28.5, model.vocabulary);
    double seconds[2] = {};
    for (const bool int8 : {true, false}) {
      model.int8 = int8;
      const auto engine = mt::Engine::create({mt::random_model(model)}, 1).value();
      seconds[int8] = best_of(options_.rounds, [&] { run(*engine, sentences, {Language::en}, 1.0f); });
      const double words = pieces_ / kPiecesPerWord;
      add(fmt::format("{} {}, one core", name, int8 ? "int8" : "float32"), words / seconds[int8], "words/s",
          fmt::format("{:.0f} pieces, forced length, shortlist 50/50", pieces_));
      if (int8) floor(name, model, seconds[1]);
    }
    add(fmt::format("{} int8 : float32", name), seconds[0] / seconds[1], "x", "");
  }

  // One article into five languages, and what sharing the encoder saves.
  Result<void> article() {
    std::shared_ptr<const mt::Model> model;
    std::vector<mt::Sentence> sentences;
    float length_factor = 2.0f;
    if (options_.model.empty()) {
      const mt::RandomModelOptions random{.width = 256,
                                          .inner = 1024,
                                          .heads = 8,
                                          .encoder_layers = 6,
                                          .decoder_layers = 2,
                                          .vocabulary = 8000,
                                          .placeholders = false,
                                          .end_bias = -1000,
                                          .targets = kFive};
      model = mt::random_model(random);
      sentences = made_up_sentences(25, 30, random.vocabulary);
      length_factor = 1.1f;
    } else {
      const Clock::time_point start = Clock::now();
      KABAR_ASSIGN(mt::Model loaded, mt::load_package(options_.model));
      model = std::make_shared<mt::Model>(std::move(loaded));
      add("load the model", 1e3 * seconds_since(start), "ms", options_.model.string());
      KABAR_ASSIGN(const std::string text, read_file(options_.text, 1 << 20));
      for (size_t at = 0; at < text.size();) {
        const size_t end = std::min(text.find('\n', at), text.size());
        sentences.push_back({.text = text.substr(at, end - at)});
        at = end + 1;
      }
    }
    std::vector<Language> targets;
    for (const mt::ModelHead& head : model->heads) targets.push_back(head.language);

    const int cores = options_.threads > 0 ? options_.threads : static_cast<int>(std::thread::hardware_concurrency());
    double one_core = 0;
    for (const int threads : {1, cores}) {
      Clock::time_point start = Clock::now();
      const auto engine = mt::Engine::create({model}, threads).value();
      if (threads == 1) add("prepare the model", 1e3 * seconds_since(start), "ms", "");
      const double all = best_of(options_.rounds, [&] { run(*engine, sentences, targets, length_factor); });
      add(fmt::format("article into {} languages, {} threads", targets.size(), threads), 1e3 * all, "ms",
          fmt::format("{} sentences", sentences.size()));
      if (threads == 1) one_core = all;
      if (threads != 1) add("one to all cores, article", one_core / all, "x", fmt::format("{} threads", threads));
      if (threads == 1) sharing(*engine, *model, sentences, targets, length_factor, all);
    }
    throughput(model, sentences, targets, cores, length_factor);
    return {};
  }

  void memory() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    add("peak memory", static_cast<double>(usage.ru_maxrss) / 1024, "MiB", "the whole run");
  }

  std::vector<BenchRow> figures;

 private:
  void add(std::string name, double value, std::string unit, std::string note) {
    figures.push_back({std::move(name), value, std::move(unit), std::move(note)});
  }

  void product(int m, int inputs, int outputs) {
    std::mt19937 random(1);
    const size_t count = static_cast<size_t>(inputs) * static_cast<size_t>(outputs);
    std::vector<int8_t> weights(count);
    for (int8_t& weight : weights) weight = static_cast<int8_t>(static_cast<int>(random() % 255) - 127);
    const std::vector<float> floats(count, 0.5f), scale(static_cast<size_t>(outputs), 0.01f),
        row_scale(static_cast<size_t>(m), 1.0f);
    const kernels::PackedS8 s8 = kernels::pack_s8(kernels_, weights.data(), scale.data(), nullptr, outputs, inputs);
    const kernels::PackedF32 f32 = kernels::pack_f32(kernels_, floats.data(), nullptr, outputs, inputs);
    kernels::AlignedVector<float> x(static_cast<size_t>(m * inputs), 0.3f),
        y(static_cast<size_t>(m * kernels::padded(outputs)));
    const int stride = inputs * kernels_.activation_bytes;
    kernels::AlignedVector<std::byte> quantised(static_cast<size_t>(m * stride));
    for (int i = 0; i < m; ++i) kernels_.quantise(x.data() + i * inputs, inputs, 100, quantised.data() + i * stride);
    const double operations = 2.0 * m * static_cast<double>(count) / 1e9;
    const int windows = std::max(5, kWindows * 16 / m);
    const double s8_rate =
        operations / best_of(windows, [&] {
          kernels_.gemm_s8(s8, {quantised.data(), stride, row_scale.data()}, m, {}, y.data(), kernels::padded(outputs));
        });
    const double f32_rate = operations / best_of(windows, [&] {
                              kernels_.gemm_f32(f32, x.data(), inputs, m, {}, y.data(), kernels::padded(outputs));
                            });
    const std::string shape = fmt::format("{} x {} x {}", m, inputs, outputs);
    add("int8 product " + shape, s8_rate, "Gop/s", fmt::format("{:.0f} % of the peak", 100 * s8_rate / int8_peak_));
    add("fp32 product " + shape, f32_rate, "Gflop/s",
        fmt::format("{:.0f} % of the peak", 100 * f32_rate / float_peak_));
  }

  // Word numbers that every random vocabulary has; lengths as in news, from a third to twice the mean.
  std::vector<mt::Sentence> made_up_sentences(int count, double mean, int vocabulary) {
    std::mt19937 random(3);
    std::vector<mt::Sentence> sentences(static_cast<size_t>(count));
    pieces_ = 0;
    for (mt::Sentence& sentence : sentences) {
      const int words = static_cast<int>(mean * (0.3 + 1.4 * static_cast<double>(random() % 1000) / 1000));
      pieces_ += words;
      for (int i = 0; i < words; ++i)
        sentence.text += fmt::format("w{} ", 50 + random() % static_cast<unsigned>(vocabulary - 50));
    }
    return sentences;
  }

  static void run(const mt::Engine& engine, const std::vector<mt::Sentence>& sentences,
                  const std::vector<Language>& targets, float length_factor) {
    engine.translate(sentences, Language::id, targets, {.length_factor = length_factor}, {}).value();
  }

  // The multiply-adds that the equations ask for, at the int8 peak.
  void floor(const char* name, const mt::RandomModelOptions& model, double seconds) {
    const double d = model.width, f = model.inner;
    const double encoder = model.encoder_layers * (4 * d * d + 2 * d * f) + model.decoder_layers * 2 * d * d;
    const double decoder = model.decoder_layers * (4 * d * d + 2 * d * f) + 600 * d;  // 600 of the shortlist
    const double least = 2 * pieces_ * (encoder + decoder) / (int8_peak_ * 1e9);
    add(fmt::format("{} floor", name), 1e3 * least, "ms",
        fmt::format("at the int8 peak; we take {:.2f} times that", seconds / least));
  }

  // One pass for all languages against the encoder alone, every language alone, and a pass per language.
  void sharing(const mt::Engine& engine, const mt::Model& model, const std::vector<mt::Sentence>& sentences,
               const std::vector<Language>& targets, float length_factor, double together) {
    mt::Scheduler scheduler(1);
    const auto packed =
        mt::PackedModel::make(std::shared_ptr<const mt::Model>(&model, [](const mt::Model*) {})).value();
    const double encoding =
        best_of(options_.rounds, [&] { mt::run_pass(scheduler, *packed, sentences, {}, {}, {}).value(); });
    double separate = 0;
    for (const Language target : targets)
      separate += best_of(options_.rounds, [&] { run(engine, sentences, {target}, length_factor); });
    const double parts = separate - (static_cast<double>(targets.size()) - 1) * encoding;
    add("encode the article", 1e3 * encoding, "ms", "one core");
    add("all languages : encoding once + decodings", together / parts, "x", "one core");
    add("a pass per language : all at once", separate / together, "x", "one core");
  }

  // Many articles at once.
  void throughput(const std::shared_ptr<const mt::Model>& model, const std::vector<mt::Sentence>& article,
                  const std::vector<Language>& targets, int cores, float length_factor) {
    std::vector<mt::Sentence> sentences;
    for (int i = 0; i < 8; ++i) sentences.insert(sentences.end(), article.begin(), article.end());
    double seconds[2] = {};
    for (const int threads : {1, cores}) {
      const auto engine = mt::Engine::create({model}, threads).value();
      seconds[threads != 1] =
          best_of(std::min(options_.rounds, 3), [&] { run(*engine, sentences, targets, length_factor); });
    }
    if (cores > 1) add("one to all cores, 8 articles", seconds[0] / seconds[1], "x", fmt::format("{} threads", cores));
  }

  const kernels::Kernels& kernels_;
  const BenchOptions& options_;
  double int8_peak_ = 1, float_peak_ = 1;
  double pieces_ = 0;  // of the latest made-up sentences
};

}  // namespace

Result<std::vector<BenchRow>> bench_mt(const BenchOptions& options) {
  KABAR_ASSIGN(const kernels::Kernels* kernels, kernels::choose());
  Bench bench(*kernels, options);
  bench.machine();
  bench.products();
  bench.students("tiny", 256, 1536);
  bench.students("base", 512, 2048);
  KABAR_TRY(bench.article());
  bench.memory();
  return std::move(bench.figures);
}

}  // namespace kabar::app
