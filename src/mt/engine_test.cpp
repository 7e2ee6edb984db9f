// The engine's promises, with models of random weights: whatever the network prefers, they hold.
#include "mt/engine.h"

#include <algorithm>
#include <random>
#include <sstream>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "mt/loops.h"
#include "mt/placeholder.h"
#include "mt/random_model.h"

namespace kabar::mt {
namespace {

const std::vector<Language> kFive = {Language::en, Language::zh, Language::ja, Language::ar, Language::fr};

std::unique_ptr<Engine> engine_of(const RandomModelOptions& options, int threads = 1) {
  return Engine::create({random_model(options)}, threads).value();
}

// Sentences of 1 … 40 words that the random vocabularies know.
std::vector<Sentence> random_sentences(int count, unsigned seed) {
  std::mt19937 random(seed);
  std::vector<Sentence> sentences(static_cast<size_t>(count));
  for (Sentence& sentence : sentences) {
    const int words = 1 + static_cast<int>(random() % 40);
    for (int i = 0; i < words; ++i) sentence.text += fmt::format("{}w{}", i == 0 ? "" : " ", 60 + random() % 100);
  }
  return sentences;
}

std::vector<std::string> texts(const std::vector<Hypothesis>& hypotheses) {
  std::vector<std::string> all;
  for (const Hypothesis& hypothesis : hypotheses) all.push_back(hypothesis.text);
  return all;
}

std::vector<Hypothesis> translate(const Engine& engine, const std::vector<Sentence>& sentences,
                                  const TranslateOptions& options = {}) {
  return engine.translate(sentences, Language::id, std::vector{Language::en}, options, {}).value().front();
}

int count_of(std::string_view text, std::string_view wanted) {
  int count = 0;
  for (size_t at = text.find(wanted); at != text.npos; at = text.find(wanted, at + 1)) ++count;
  return count;
}

// The sentence alone, among others, on one thread or three: the same bytes and the same scores.
TEST(Engine, OutputDoesNotDependOnCompanyOrThreads) {
  const std::vector<Sentence> sentences = random_sentences(70, 3);
  for (const bool int8 : {true, false}) {
    for (const bool ssru : {true, false}) {
      const RandomModelOptions options{.ssru = ssru, .int8 = int8, .shortlist = ssru ? 10 : 0, .targets = kFive};
      const auto one = engine_of(options, 1), three = engine_of(options, 3);
      const auto together = one->translate(sentences, Language::id, kFive, {}, {}).value();
      const auto threaded = three->translate(sentences, Language::id, kFive, {}, {}).value();
      for (size_t t = 0; t < kFive.size(); ++t) EXPECT_EQ(texts(together[t]), texts(threaded[t]));
      for (size_t s = 0; s < sentences.size(); s += 9) {
        const auto alone = one->translate(std::span(&sentences[s], 1), Language::id, kFive, {}, {}).value();
        for (size_t t = 0; t < kFive.size(); ++t) {
          EXPECT_EQ(alone[t][0].text, together[t][s].text);
          EXPECT_EQ(alone[t][0].log_probability, together[t][s].log_probability);
        }
      }
    }
  }
}

TEST(Engine, ReadsTheSourceOnceForAllLanguages) {
  const auto engine = engine_of({.targets = kFive}, 2);
  const std::vector<Sentence> sentences = random_sentences(20, 4);
  size_t tokens = 0;
  for (const Sentence& sentence : sentences)
    tokens += static_cast<size_t>(count_of(sentence.text, "w")) + 1;  // the end symbol
  engine->translate(sentences, Language::id, kFive, {}, {}).value();
  EXPECT_EQ(engine->counters().encoded_tokens, tokens);
}

TEST(Engine, EmptySentencesStayEmpty) {
  const auto engine = engine_of({});
  const std::vector<Hypothesis> result = translate(*engine, {{.text = ""}, {.text = "w70 w71"}, {.text = "  "}});
  EXPECT_EQ(result[0].text, "");
  EXPECT_NE(result[1].text, "");
  EXPECT_EQ(result[2].text, "");
}

TEST(Engine, RefusesWhatItCannotDo) {
  const auto engine = engine_of({});
  const std::vector<Sentence> one = {{.text = "w70"}};
  const auto unknown = engine->translate(one, Language::id, std::vector{Language::fr}, {}, {});
  ASSERT_FALSE(unknown);
  EXPECT_EQ(unknown.error().kind, ErrorKind::not_found);
  EXPECT_EQ(unknown.error().place, "id-fr");

  std::string longest;
  for (int i = 0; i < kSourceTokensMax; ++i) longest += "w70 ";
  const std::vector<Sentence> too_long = {{.text = "w70"}, {.text = longest}};
  const auto limit = engine->translate(too_long, Language::id, std::vector{Language::en}, {}, {});
  ASSERT_FALSE(limit);
  EXPECT_EQ(limit.error().kind, ErrorKind::limit);
  EXPECT_EQ(limit.error().place, "sentence 2");

  std::stop_source stop;
  stop.request_stop();
  const auto cancelled = engine->translate(one, Language::id, std::vector{Language::en}, {}, stop.get_token());
  ASSERT_FALSE(cancelled);
  EXPECT_EQ(cancelled.error().kind, ErrorKind::cancelled);
}

// Every placeholder of the source once, no other, for any weights, greedy and with a beam.
TEST(Engine, PlaceholdersComeThroughOnce) {
  std::mt19937 random(11);
  for (unsigned seed = 1; seed <= 12; ++seed) {
    const bool ssru = seed % 2 == 0;
    // A high bias ends sentences early, a low one lets them run into the limit.
    const auto engine = engine_of(
        {.ssru = ssru, .shortlist = seed % 3 == 0 ? 5 : 0, .end_bias = seed % 4 == 0 ? 4.0f : 0.0f, .seed = seed});
    ASSERT_TRUE(engine->keeps_placeholders(Language::id, Language::en));
    std::vector<Sentence> sentences = random_sentences(12, seed);
    std::vector<std::vector<std::string>> wanted(sentences.size());
    for (size_t s = 0; s < sentences.size(); ++s) {
      for (const char kind : kPlaceholderKinds) {
        for (int index = 0; index < static_cast<int>(random() % 3); ++index) {
          wanted[s].push_back(to_string({kind, index}));
          sentences[s].text += " " + wanted[s].back() + fmt::format(" w{}", 60 + random() % 50);
        }
      }
    }
    for (const int beam : {1, 4}) {
      const std::vector<Hypothesis> result = translate(*engine, sentences, {.beam_size = beam});
      for (size_t s = 0; s < sentences.size(); ++s) {
        int all = 0;
        for (const std::string& placeholder : wanted[s]) {
          EXPECT_EQ(count_of(result[s].text, placeholder), 1) << result[s].text;
          ++all;
        }
        EXPECT_EQ(count_of(result[s].text, "⟦"), all) << result[s].text;
      }
    }
  }
}

// Required and forbidden texts, for any weights.
// The pieces of these models are "w60", "w61" …: a model that would write nothing but figures.
TEST(Engine, NoFigureIsMadeUpWhereTheSourceHasNone) {
  const auto digits = [](const std::vector<Hypothesis>& hypotheses) {
    int count = 0;
    for (const std::string& text : texts(hypotheses)) {
      count += static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
    }
    return count;
  };
  for (const int shortlist : {0, 10}) {
    const auto engine = engine_of({.shortlist = shortlist});
    std::vector<Sentence> sentences = random_sentences(20, 5);
    EXPECT_GT(digits(translate(*engine, sentences)), 0);
    for (Sentence& sentence : sentences) sentence.figures = false;
    EXPECT_EQ(digits(translate(*engine, sentences)), 0);
    EXPECT_EQ(digits(translate(*engine, sentences, {.beam_size = 3})), 0);
  }
}

TEST(Engine, ConstraintsHold) {
  int forbidden_texts = 0;
  for (unsigned seed = 1; seed <= 10; ++seed) {
    const auto engine = engine_of({.placeholders = false,
                                   .shortlist = seed % 2 == 0 ? 5 : 0,
                                   .end_bias = seed % 3 == 0 ? 3.0f : 0.0f,
                                   .seed = seed});
    std::vector<Sentence> sentences = random_sentences(10, seed + 50);
    const std::vector<Hypothesis> free = translate(*engine, sentences);
    for (size_t s = 0; s < sentences.size(); ++s) {
      SentenceConstraints constraints;
      constraints.required.push_back({{0, 3}, {"w190 w191 w192"}});
      constraints.required.push_back({{4, 7}, {"w180", "w181 w182"}});
      constraints.required.push_back({{0, 0}, {"w180"}});  // the same word a second time
      // A word that the model would have written: of three digits, so that it is no part of another.
      std::istringstream words(free[s].text);
      for (std::string word; words >> word;) {
        if (word.size() == 4 && word < "w180") constraints.forbidden = {word};
      }
      sentences[s].constraints.push_back(constraints);
    }
    for (const int beam : {1, 3}) {
      const std::vector<Hypothesis> result = translate(*engine, sentences, {.beam_size = beam});
      for (size_t s = 0; s < sentences.size(); ++s) {
        const std::string& text = result[s].text;
        EXPECT_GE(count_of(text, "w190 w191 w192"), 1) << text;
        EXPECT_GE(count_of(text, "w180") + count_of(text, "w181 w182"), 2) << text;
        for (const std::string& forbidden : sentences[s].constraints[0].forbidden) {
          EXPECT_EQ(text.find(forbidden), text.npos) << text;
          ++forbidden_texts;
        }
      }
    }
  }
  EXPECT_GT(forbidden_texts, 20);
}

TEST(Engine, PivotsThroughEnglishAndReadsItOnce) {
  const auto to_english = random_model({.source = Language::id, .targets = {Language::en}, .seed = 1});
  const auto from_english = random_model({.source = Language::en, .targets = {Language::ja, Language::fr}, .seed = 2});
  const auto engine = Engine::create({to_english, from_english}, 1).value();
  const std::vector<Sentence> sentences = random_sentences(8, 5);
  const auto result =
      engine->translate(sentences, Language::id, std::vector{Language::ja, Language::fr}, {}, {}).value();

  const auto english = translate(*engine, sentences);
  std::vector<Sentence> english_sentences;
  for (const Hypothesis& hypothesis : english) english_sentences.push_back({.text = hypothesis.text});
  const auto second =
      engine->translate(english_sentences, Language::en, std::vector{Language::ja, Language::fr}, {}, {}).value();
  EXPECT_EQ(texts(result[0]), texts(second[0]));
  EXPECT_EQ(texts(result[1]), texts(second[1]));
  EXPECT_EQ(engine->model_name(Language::id, Language::ja), "random 1 + random 1");
  EXPECT_EQ(engine->model_name(Language::id, Language::zh), "");

  size_t source_tokens = 0, english_tokens = 0;
  for (const Sentence& sentence : sentences) source_tokens += static_cast<size_t>(count_of(sentence.text, "w")) + 1;
  for (const Sentence& sentence : english_sentences)
    english_tokens += static_cast<size_t>(1 + count_of(sentence.text, " ")) + 1;
  // The pivot, the plain English and the second pass alone: 2 readings of Indonesian, 2 of English.
  EXPECT_EQ(engine->counters().encoded_tokens, 2 * source_tokens + 2 * english_tokens);
}

TEST(Engine, ReadsEverySourceOfAModelButWritesNoneFromItself) {
  const auto model = random_model(
      {.source = Language::id, .other_sources = {Language::en}, .targets = {Language::en, Language::ja}, .seed = 1});
  const auto engine = Engine::create({model}, 1).value();
  EXPECT_TRUE(engine->translates(Language::id, Language::ja));
  EXPECT_TRUE(engine->translates(Language::en, Language::ja));
  EXPECT_FALSE(engine->translates(Language::en, Language::en));
  EXPECT_FALSE(engine->translates(Language::fr, Language::ja));
  EXPECT_EQ(engine->model_name(Language::en, Language::ja), "random 1");
}

TEST(Engine, ConstraintsReachThroughAPivot) {
  const auto to_english =
      random_model({.placeholders = false, .source = Language::id, .targets = {Language::en}, .seed = 3});
  const auto from_english =
      random_model({.placeholders = false, .source = Language::en, .targets = {Language::ja}, .seed = 4});
  const auto engine = Engine::create({to_english, from_english}, 1).value();
  std::vector<Sentence> sentences = random_sentences(6, 6);
  for (Sentence& sentence : sentences) sentence.constraints = {{{{{0, 3}, {"w150 w151"}}}, {}}};
  const auto result = engine->translate(sentences, Language::id, std::vector{Language::ja}, {}, {}).value();
  for (const Hypothesis& hypothesis : result[0]) EXPECT_NE(hypothesis.text.find("w150 w151"), std::string::npos);
}

TEST(Engine, AlignmentPointsIntoBothTexts) {
  const auto engine = engine_of({});
  const std::vector<Sentence> sentences = random_sentences(10, 8);
  const std::vector<Hypothesis> result = translate(*engine, sentences);
  for (size_t s = 0; s < sentences.size(); ++s) {
    for (const AlignmentLink& link : result[s].alignment) {
      EXPECT_FALSE(link.source.empty());
      EXPECT_LE(link.source.end, static_cast<int>(sentences[s].text.size()));
      EXPECT_LE(link.target.end, static_cast<int>(result[s].text.size()));
      EXPECT_EQ(result[s].text[static_cast<size_t>(link.target.begin)], 'w');  // every piece is a word "w…"
    }
  }
}

TEST(Engine, ModelsAreSwappedWhileTranslating) {
  const RandomModelOptions first{.seed = 1}, second{.seed = 2};
  const auto engine = engine_of(first, 2);
  const std::vector<Sentence> sentences = random_sentences(6, 9);
  const std::vector<std::string> before = texts(translate(*engine, sentences));
  const std::vector<std::string> after = texts(translate(*engine_of(second), sentences));
  std::jthread swapping([&](std::stop_token stop) {
    for (bool turn = false; !stop.stop_requested(); turn = !turn)
      EXPECT_TRUE(engine->replace({random_model(turn ? first : second)}));
  });
  for (int i = 0; i < 30; ++i) {
    const std::vector<std::string> now = texts(translate(*engine, sentences));
    EXPECT_TRUE(now == before || now == after);
  }
}

TEST(Engine, BeamFindsScoresAtLeastAsGoodAsGreedyOnTheWhole) {
  const auto engine = engine_of({.seed = 5});
  std::vector<std::string> lines;
  for (const Sentence& sentence : random_sentences(20, 10)) lines.push_back(sentence.text);
  const auto greedy = engine->decode(lines, Language::id, std::vector{Language::en}, {.beam_size = 1}, {}).value()[0];
  const auto beam = engine->decode(lines, Language::id, std::vector{Language::en}, {.beam_size = 6}, {}).value()[0];
  float greedy_sum = 0, beam_sum = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    greedy_sum += greedy[i].front().score;
    beam_sum += beam[i].front().score;
    for (size_t h = 1; h < beam[i].size(); ++h) EXPECT_GE(beam[i][h - 1].score, beam[i][h].score);
    EXPECT_LE(beam[i].size(), 6u);
  }
  EXPECT_GE(beam_sum, greedy_sum);
}

TEST(Engine, OutputBeginsWithItsPrefix) {
  const auto engine = engine_of({.shortlist = 3});
  const std::vector<std::string> lines = {"w70 w71 w72 w73", "w70 w71 w72 w73"}, prefixes = {"w199 w198", ""};
  const auto decoded = engine->decode(lines, Language::id, std::vector{Language::en}, {}, {}, prefixes).value()[0];
  EXPECT_EQ(decoded[0][0].text.substr(0, 9), "w199 w198");
  EXPECT_NE(decoded[1][0].text.substr(0, 9), "w199 w198");
}

TEST(Engine, TheBareDecoderReadsTheLinesOnceForAllLanguages) {
  const auto engine = engine_of({.targets = {Language::en, Language::ja}});
  const std::vector<std::string> lines = {"w70 w71 w72"};
  const auto decoded = engine->decode(lines, Language::id, std::vector{Language::ja, Language::en}, {}, {}).value();
  EXPECT_EQ(engine->counters().encoded_tokens, 4u);  // the end symbol too
  for (const Language target : {Language::ja, Language::en}) {
    const auto alone = engine->decode(lines, Language::id, std::vector{target}, {}, {}).value();
    EXPECT_EQ(decoded[target == Language::ja ? 0 : 1][0][0].text, alone[0][0][0].text);
  }
}

// The limit counts the end symbol of the source: 3 words and factor 2 make 8 tokens.
TEST(Engine, TheLengthLimitIsPerSentence) {
  const auto engine = engine_of({.end_bias = -1000});
  const std::vector<std::string> lines = {"w70 w71 w72", random_sentences(1, 12)[0].text};
  const auto decoded = engine->decode(lines, Language::id, std::vector{Language::en}, {}, {}).value()[0];
  EXPECT_EQ(decoded[0].front().log_probability.size(), 8u);
  EXPECT_TRUE(decoded[0].front().cut);
}

TEST(Loops, AreFoundByTheirLength) {
  const Vocabulary words = Vocabulary::parse_list("</s>\n<unk>\na\nb\nc\n0\n.\n", "test").value();
  const auto length = [&](std::vector<int32_t> tokens) { return loop_length(tokens, words); };
  EXPECT_EQ(length({2, 3, 4}), 0);
  EXPECT_EQ(length({3, 2, 2, 2, 2, 2}), 0);        // five times is emphasis
  EXPECT_EQ(length({3, 2, 2, 2, 2, 2, 2}), 5);     // six times is a loop; one stays
  EXPECT_EQ(length({2, 3, 2, 3, 2, 3, 2, 3}), 6);  // a pair, four times
  EXPECT_EQ(length({2, 3, 2, 3, 2, 3}), 0);
  EXPECT_EQ(length({5, 5, 5, 5, 5, 5, 5, 5}), 0);      // 00000000
  EXPECT_EQ(length(std::vector<int32_t>(20, 6)), 19);  // a line of dots
}

TEST(Loops, NothingIsSaidTwiceAtOnce) {
  const auto doubled = [](std::vector<std::string> pieces) {
    Tail tail;
    for (size_t i = 0; i + 1 < pieces.size(); ++i) tail.append(pieces[i]);
    return tail.doubled_by(pieces.back());
  };
  EXPECT_TRUE(doubled({"▁Coff", "ee", "▁coff", "ee"}));
  EXPECT_FALSE(doubled({"▁Coff", "ee", "▁coff"}));  // may become another word
  EXPECT_TRUE(doubled({"▁a", "▁goat", "▁goat"}));
  EXPECT_TRUE(doubled({"▁coffee", "▁export", "▁exports"}));
  EXPECT_TRUE(doubled({"▁les", "▁commer", "çants", ",", "▁les", "▁commer", "çants"}));
  EXPECT_FALSE(doubled({"▁les", "▁commer", "çants", ".", "▁Les", "▁commer", "çants"}));
  EXPECT_TRUE(doubled({"▁d", "é", "for", "for"}));
  EXPECT_FALSE(doubled({"▁nous", "▁nous"}));
  EXPECT_FALSE(doubled({"▁face", "-", "à", "-", "face"}));
  EXPECT_TRUE(doubled({"▁أسهم", "▁أسهم"}));
  EXPECT_TRUE(doubled({"目标", "目", "标"}));
  EXPECT_TRUE(doubled({"数据", "数据显示"}));
  EXPECT_FALSE(doubled({"人", "人"}));
  EXPECT_FALSE(doubled({"ます", "ます"}));
  EXPECT_TRUE(doubled({"を", "結ぶ", "を", "結ぶ"}));
  EXPECT_FALSE(doubled({"コ", "コ"}));  // ココア
  EXPECT_TRUE(doubled({"コ", "コ", "コ"}));
  EXPECT_TRUE(doubled({"s", "s", "s"}));
  EXPECT_FALSE(doubled({"0", "0", "0"}));
  EXPECT_FALSE(doubled({"▁200", "0", "▁200", "0"}));
  EXPECT_FALSE(doubled({"<0xE2>", "<0xE2>", "<0xE2>"}));
  EXPECT_FALSE(doubled({"▁Coffee"}));
}

TEST(Loops, AreCutInTheProductAndNotInTheBareDecoder) {
  // Without self-attention to break it, a random model soon writes the same words for ever.
  const auto engine = engine_of({.end_bias = -1000, .seed = 2});
  const std::vector<Sentence> sentences = random_sentences(10, 13);
  std::vector<std::string> lines;
  for (const Sentence& sentence : sentences) lines.push_back(sentence.text);
  const auto product =
      engine->translate(sentences, Language::id, std::vector{Language::en}, {.length_factor = 8}, {}).value()[0];
  const auto bare = engine->decode(lines, Language::id, std::vector{Language::en}, {.length_factor = 8}, {}).value()[0];
  size_t shorter = 0;
  for (size_t i = 0; i < lines.size(); ++i) {
    EXPECT_TRUE(product[i].cut);
    EXPECT_LE(product[i].text.size(), bare[i].front().text.size());
    shorter += product[i].text.size() < bare[i].front().text.size();
  }
  EXPECT_GT(shorter, 0u);
}

}  // namespace
}  // namespace kabar::mt
