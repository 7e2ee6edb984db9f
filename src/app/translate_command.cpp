#include <unistd.h>

#include <cstdio>
#include <memory>

#include "app/command.h"
#include "app/newsroom.h"
#include "app/translate_article.h"
#include "app/translate_lines.h"

namespace kabar::app {
namespace {

struct Arguments {
  bool lines = false;
  std::string file = "-";
  std::string format;
  bool json = false;
  BareOptions bare;  // also holds --from, --to and --model
};

Result<void> translate_sentences(const Arguments& arguments, const Program& program) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(
      arguments.file == "-" ? nullptr : std::fopen(arguments.file.c_str(), "rb"), std::fclose);
  if (file == nullptr && arguments.file != "-") return fail(ErrorKind::not_found, arguments.file, "cannot open");
  const int input = file == nullptr ? STDIN_FILENO : ::fileno(file.get());
  if (!arguments.bare.model.empty()) return translate_lines_bare(arguments.bare, input, stdout);
  KABAR_ASSIGN(const terms::TermList terms, own_terms(program));
  return translate_lines(arguments.bare.from, arguments.bare.to, terms, input, stdout);
}

Result<void> translate(const Arguments& arguments, const Program& program) {
  if (arguments.lines) return translate_sentences(arguments, program);
  ArticleOptions options;
  options.file = arguments.file;
  options.from = arguments.bare.from;
  options.to = arguments.bare.to;
  options.format = arguments.format;
  options.model = arguments.bare.model;
  options.json = arguments.json;
  KABAR_ASSIGN(options.terms, own_terms(program));
  return translate_article(options);
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("file", arguments->file, "The article, or the sentences of --lines; - reads stdin")->type_name("FILE");
  app.add_flag("--lines", arguments->lines, "Translate sentences, one a line");
  app.add_option("--from", arguments->bare.from, "Source language; else what the article says, else id")
      ->type_name("LANG");
  app.add_option("--to", arguments->bare.to, "Target languages; else all that the models can do")
      ->delimiter(',')
      ->allow_extra_args(false)  // the file may come after it
      ->type_name("LANG[,LANG]");
  app.add_option("--format", arguments->format, "md, html or text; else by the file's name")->type_name("FORMAT");
  app.add_flag("--json", arguments->json, "Print one JSON object with all versions, scores and findings");
  add_bare_options(app, arguments->bare);
  return [arguments, &program] { return translate(*arguments, program); };
}

}  // namespace

extern const Command kTranslateCommand;
const Command kTranslateCommand = {
    .name = "translate",
    .summary = "Translate an article or sentences",
    .examples =
        "kabar translate article.md --to en              # the English version\n"
        "kabar translate article.html --json             # all versions with scores and findings\n"
        "kabar translate --lines --to en,fr <lines.txt   # sentences, one a line, two columns\n"
        "kabar translate --lines --model models/en-id --to id <lines.txt   # the bare decoder of one package",
    .declare = declare,
};

}  // namespace kabar::app
