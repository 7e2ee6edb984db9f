#include "app/bench_mt.h"

#include <sys/resource.h>
#include <time.h>

#include <algorithm>
#include <chrono>
#include <numeric>
#include <random>

#include <fmt/format.h>

#include "base/file.h"
#include "base/thread_pool.h"
#include "kernels/kernels.h"
#include "mt/package.h"
#include "mt/pass.h"
#include "mt/random_model.h"

namespace kabar::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr double kPiecesPerWord = 1.36;  // of a 32k vocabulary on English news (docs/engine.md)

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Of this process and all its threads: what other programs take does not count.
double cpu_seconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

struct Seconds {
  double wall = 1e9;
  double cpu = 1e9;
};

// The least of `rounds` runs: what disturbs a run only makes it longer.
template <typename Run>
Seconds best_of(int rounds, const Run& run) {
  Seconds best;
  for (int i = 0; i < rounds; ++i) {
    const Clock::time_point start = Clock::now();
    const double cpu_start = cpu_seconds();
    run();
    best.cpu = std::min(best.cpu, cpu_seconds() - cpu_start);
    best.wall = std::min(best.wall, seconds_since(start));
  }
  return best;
}

double median(std::vector<double> values) {
  const auto middle = values.begin() + static_cast<ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Short windows, so that some of them are undisturbed.
constexpr int kWindows = 40;

double peak(int64_t (*loop)(int64_t)) {
  constexpr int64_t kRounds = 50000;
  const double seconds = best_of(kWindows, [&] { loop(kRounds); }).cpu;
  return 2.0 * static_cast<double>(loop(kRounds)) / seconds / 1e9;
}

// Bytes a second of reading memory that no cache holds.
double memory_bandwidth() {
  std::vector<uint64_t> memory(size_t{1} << 24, 1);
  volatile uint64_t sink = 0;
  const double seconds = best_of(5, [&] { sink = std::accumulate(memory.begin(), memory.end(), uint64_t{0}); }).cpu;
  return static_cast<double>(memory.size() * sizeof(uint64_t)) / seconds / 1e9;
}

// One model on a number of threads. Not mt::Engine: that would cut the loops in which random weights soon write, and
// with them the forced length.
struct Worker {
  Worker(std::shared_ptr<const mt::Model> model, int threads, bool loops_are_cut = false)
      : packed(mt::PackedModel::make(std::move(model)).value()), scheduler(threads), cut_loops(loops_are_cut) {}

  // Into the first `heads` languages of the model.
  void translate(const std::vector<mt::Sentence>& sentences, int heads, float length_factor, int first = 0) {
    std::vector<mt::PassTarget> targets;
    for (int head = first; head < first + heads; ++head) targets.push_back({head, {}});
    mt::run_pass(scheduler, *packed, sentences, targets, {.length_factor = length_factor, .cut_loops = cut_loops}, 0,
                 {})
        .value();
  }

  std::shared_ptr<const mt::PackedModel> packed;
  mt::Scheduler scheduler;
  bool cut_loops;
};

// The article of one measurement.
struct Article {
  std::shared_ptr<const mt::Model> model;
  std::vector<mt::Sentence> sentences;
  double words = 0;
  float length_factor = 2.0f;
  bool cut_loops = true;
};

class Bench {
 public:
  Bench(const kernels::Kernels& kernels, const BenchOptions& options) : kernels_(kernels), options_(options) {}

  void machine() {
    int8_peak_ = peak(kernels_.peak_s8);
    float_peak_ = peak(kernels_.peak_f32);
    cores_ = options_.threads > 0 ? options_.threads : ThreadPool::cores();
    add("threads", cores_, "", fmt::format("instruction set {}", kernels_.name));
    add("int8 peak, one core", int8_peak_, "Gop/s", fmt::format("{}, registers only", kernels_.name));
    add("fp32 peak, one core", float_peak_, "Gflop/s", "");
    add("memory, one core", memory_bandwidth(), "GB/s", "sum of 128 MiB");
  }

  void products() {
    constexpr int kShapes[][2] = {{256, 256}, {256, 1536}, {1536, 256}};
    for (const auto& [inputs, outputs] : kShapes) {
      for (const int rows : {1, 8, 32, 256}) product(rows, inputs, outputs);
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
    const std::vector<mt::Sentence> sentences = made_up_sentences(100, 28.5, model.vocabulary);
    double seconds[2] = {};
    for (const bool int8 : {true, false}) {
      model.int8 = int8;
      Worker worker(mt::random_model(model), 1);
      seconds[int8] = best_of(options_.rounds, [&] { worker.translate(sentences, 1, 1.0f); }).cpu;
      const double words = pieces_ / kPiecesPerWord;
      add(fmt::format("{} {}, one core", name, int8 ? "int8" : "float32"), words / seconds[int8], "words/s",
          fmt::format("{:.0f} pieces, forced length, shortlist 50/50", pieces_));
      if (int8) floor(name, model, seconds[1]);
    }
    add(fmt::format("{} int8 : float32", name), seconds[0] / seconds[1], "x", "");
  }

  // One article into all languages of a model, and what sharing the encoder saves.
  Result<void> article() {
    KABAR_ASSIGN(const Article one, options_.model.empty() ? made_up_article() : real_article());
    const int heads = static_cast<int>(one.model->heads.size());
    constexpr int kArticles = 4;
    std::vector<mt::Sentence> many;
    for (int i = 0; i < kArticles; ++i) many.insert(many.end(), one.sentences.begin(), one.sentences.end());
    Seconds single[2], several[2];  // on one core, on all
    for (const bool all : {false, true}) {
      const int threads = all ? cores_ : 1;
      const Clock::time_point start = Clock::now();
      Worker worker(one.model, threads, one.cut_loops);
      worker.translate({{.text = "w60"}}, heads, 1.0f);
      if (!all)
        add("prepare the model", 1e3 * seconds_since(start), "ms", "pack the weights, one word in all languages");
      const auto run = [&](const std::vector<mt::Sentence>& text) {
        return best_of(options_.rounds, [&] { worker.translate(text, heads, one.length_factor); });
      };
      single[all] = run(one.sentences);
      several[all] = run(many);
      add(fmt::format("article into {} languages, {} threads", heads, threads), 1e3 * single[all].wall, "ms",
          fmt::format("{} sentences, {:.0f} words; CPU {:.1f} ms", one.sentences.size(), one.words,
                      1e3 * single[all].cpu));
      if (all) continue;
      add(fmt::format("{} articles into {} languages, one core", kArticles, heads),
          kArticles * one.words / several[0].cpu, "words/s", "source words, of the CPU time");
      sharing(worker, one);
    }
    add("one to all cores, an article", single[0].wall / single[1].wall, "x", fmt::format("{} threads", cores_));
    add(fmt::format("one to all cores, {} articles", kArticles), several[0].wall / several[1].wall, "x",
        fmt::format("{} threads", cores_));
    return {};
  }

  // `what`: since the start of the program.
  void memory(const char* what) {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    add(fmt::format("peak memory, {}", what), static_cast<double>(usage.ru_maxrss) / 1024, "MiB", "");
  }

  std::vector<BenchRow> figures;

 private:
  void add(std::string name, double value, std::string unit, std::string note) {
    figures.push_back({std::move(name), value, std::move(unit), std::move(note)});
  }

  // Random weights of the starter's shape.
  Result<Article> made_up_article() {
    const mt::RandomModelOptions random{
        .width = 256,
        .inner = 1024,
        .heads = 8,
        .encoder_layers = 6,
        .decoder_layers = 2,
        .vocabulary = 8000,
        .placeholders = false,
        .shortlist = 50,
        .end_bias = -1000,
        .targets = {Language::ar, Language::en, Language::fr, Language::ja, Language::zh}};
    Article article;
    article.model = mt::random_model(random);
    article.sentences = made_up_sentences(25, 30, random.vocabulary);
    article.words = pieces_ / kPiecesPerWord;
    article.length_factor = 1.1f;
    article.cut_loops = false;
    return article;
  }

  Result<Article> real_article() {
    Article article;
    const Clock::time_point start = Clock::now();
    KABAR_ASSIGN(mt::Model loaded, mt::load_package(options_.model));
    article.model = std::make_shared<mt::Model>(std::move(loaded));
    add("load the model", 1e3 * seconds_since(start), "ms", options_.model.string());
    KABAR_ASSIGN(const std::string text, read_file(options_.text, 1 << 20));
    for (size_t at = 0; at < text.size();) {
      const size_t end = std::min(text.find('\n', at), text.size());
      article.sentences.push_back({.text = text.substr(at, end - at)});
      article.words += 1 + static_cast<double>(std::count(text.begin() + static_cast<ptrdiff_t>(at),
                                                          text.begin() + static_cast<ptrdiff_t>(end), ' '));
      at = end + 1;
    }
    return article;
  }

  void product(int m, int inputs, int outputs) {
    std::mt19937 random(1);
    const size_t count = static_cast<size_t>(inputs) * static_cast<size_t>(outputs);
    std::vector<int8_t> weights(count);
    for (int8_t& weight : weights) weight = static_cast<int8_t>(static_cast<int>(random() % 255) - 127);
    const std::vector<float> floats(count, 0.5f), scale(static_cast<size_t>(outputs), 0.01f),
        row_scale(static_cast<size_t>(m), 1.0f);
    const kernels::PackedS8 s8 =
        kernels::pack_s8(kernels_, kernels_.s8, weights.data(), scale.data(), nullptr, outputs, inputs);
    const kernels::PackedF32 f32 = kernels::pack_f32(kernels_, floats.data(), nullptr, outputs, inputs);
    kernels::AlignedVector<float> x(static_cast<size_t>(m * inputs), 0.3f),
        y(static_cast<size_t>(m * kernels::padded(outputs)));
    const int stride = inputs * kernels_.s8.input_bytes;
    kernels::AlignedVector<std::byte> quantised(static_cast<size_t>(m * stride));
    for (int i = 0; i < m; ++i) kernels_.s8.quantise(x.data() + i * inputs, inputs, 100, quantised.data() + i * stride);
    const double operations = 2.0 * m * static_cast<double>(count) / 1e9;
    const int repeats = std::max(1, (1 << 24) / (m * inputs * outputs));  // a window is longer than the clock's tick
    const Seconds s8_time = best_of(kWindows, [&] {
      for (int i = 0; i < repeats; ++i) {
        kernels_.s8.gemm(s8, {quantised.data(), stride, row_scale.data()}, m, {}, y.data(), kernels::padded(outputs));
      }
    });
    const Seconds f32_time = best_of(kWindows, [&] {
      for (int i = 0; i < repeats; ++i) {
        kernels_.gemm_f32(f32, x.data(), inputs, m, {}, y.data(), kernels::padded(outputs));
      }
    });
    const double s8_rate = repeats * operations / s8_time.cpu;
    const double f32_rate = repeats * operations / f32_time.cpu;
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

  // The multiply-adds that the equations ask for, at the int8 peak.
  void floor(const char* name, const mt::RandomModelOptions& model, double seconds) {
    const double d = model.width, f = model.inner;
    const double encoder = model.encoder_layers * (4 * d * d + 2 * d * f) + model.decoder_layers * 2 * d * d;
    const double decoder = model.decoder_layers * (4 * d * d + 2 * d * f) + 600 * d;  // 600 of the shortlist
    const double least = 2 * pieces_ * (encoder + decoder) / (int8_peak_ * 1e9);
    add(fmt::format("{} floor", name), 1e3 * least, "ms",
        fmt::format("at the int8 peak; we take {:.2f} times that", seconds / least));
  }

  // One pass for all languages against the encoder alone, every language alone, and a pass per language. The figures of
  // a round are taken one after the other and compared among themselves: a machine that is busier in one minute than in
  // the next disturbs all of them alike. What counts is the median of the rounds.
  void sharing(Worker& worker, const Article& article) {
    const int heads = static_cast<int>(article.model->heads.size());
    const auto cpu = [&](int count, int first) {
      return best_of(1, [&] { worker.translate(article.sentences, count, article.length_factor, first); }).cpu;
    };
    std::vector<double> encodings, to_parts, to_passes;
    for (int round = 0; round < options_.rounds; ++round) {
      const double together = cpu(heads, 0);
      const double encoding = cpu(0, 0);
      double separate = 0;
      for (int head = 0; head < heads; ++head) separate += cpu(1, head);
      encodings.push_back(encoding);
      to_parts.push_back(together / (separate - (heads - 1) * encoding));
      to_passes.push_back(separate / together);
    }
    add("encode the article", 1e3 * *std::min_element(encodings.begin(), encodings.end()), "ms", "one core, CPU time");
    add("all languages : encoding once + decodings", median(to_parts), "x", "one core, median of the rounds");
    add("a pass per language : all at once", median(to_passes), "x", "one core, median of the rounds");
  }

  const kernels::Kernels& kernels_;
  const BenchOptions& options_;
  double int8_peak_ = 1, float_peak_ = 1;
  int cores_ = 1;
  double pieces_ = 0;  // of the latest made-up sentences
};

}  // namespace

Result<std::vector<BenchRow>> bench_mt(const BenchOptions& options) {
  KABAR_ASSIGN(const kernels::Kernels* kernels, kernels::choose());
  Bench bench(*kernels, options);
  bench.machine();
  KABAR_TRY(bench.article());
  bench.memory("the article");
  bench.products();
  bench.students("tiny", 256, 1536);
  bench.students("base", 512, 2048);
  bench.memory("the whole run");
  return std::move(bench.figures);
}

}  // namespace kabar::app
