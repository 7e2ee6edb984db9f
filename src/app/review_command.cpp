#include <fmt/format.h>

#include "app/newsroom.h"
#include "life/steps/review.h"

namespace kabar::app {
namespace {

struct Arguments {
  std::string article;
  std::string language;
  bool approve = false;
  std::vector<std::string> edit;
  std::string hold;
  std::string change;
  std::string reason;
  std::string by;
};

Result<void> run_review(const Program& program, const Arguments& arguments) {
  const int decisions = static_cast<int>(arguments.approve) + static_cast<int>(!arguments.edit.empty()) +
                        static_cast<int>(!arguments.hold.empty()) + static_cast<int>(!arguments.change.empty());
  if (decisions != 1) return fail(ErrorKind::usage, "", "one of --approve, --edit, --hold, --change is needed");
  KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
  const std::string who = editor_name(arguments.by);
  if (!arguments.change.empty()) {
    const auto kind = arguments.change == "typo" ? life::ChangeKind::typo : life::ChangeKind::substance;
    return life::overrule_change(desk->life(), arguments.article, kind, who, arguments.reason);
  }
  const std::optional<Language> language = Language::parse(arguments.language);
  if (!language) return fail(ErrorKind::usage, "--to", "a language code is needed, such as en");
  if (arguments.approve) return life::approve(desk->life(), arguments.article, *language, who, arguments.reason);
  if (!arguments.hold.empty()) return life::hold(desk->life(), arguments.article, *language, who, arguments.hold);
  return life::edit(desk->life(), arguments.article, *language, arguments.edit[0], arguments.edit[1], who);
}

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ARTICLE", arguments->article, "Id of the article")->required();
  app.add_option("--to", arguments->language, "Language of the version")->type_name("LANG");
  app.add_flag("--approve", arguments->approve, "Readers may have it");
  app.add_option("--edit", arguments->edit, "Your words for a segment")->expected(2)->type_name("SEGMENT TEXT");
  app.add_option("--hold", arguments->hold, "Keep it from readers, or take it away from them")->type_name("REASON");
  app.add_option("--change", arguments->change, "Overrule what the newest revision is: typo or substance")
      ->check(CLI::IsMember({"typo", "substance"}))
      ->type_name("KIND");
  app.add_option("--reason", arguments->reason, "Why, for the log; needed where a check objects and for typo")
      ->type_name("TEXT");
  app.add_option("--by", arguments->by, "Who decides; else the user's name")->type_name("NAME");
  return [&program, arguments] { return run_review(program, *arguments); };
}

}  // namespace

extern const Command kReviewCommand;
const Command kReviewCommand = {
    .name = "review",
    .summary = "Approve, edit or hold one language of an article",
    .examples =
        "kabar review harga-beras --to en --approve --by \"Rina Putri\"\n"
        "kabar review harga-beras --to fr --edit s4 \"Les prix montent.\"\n"
        "kabar review harga-beras --to ar --hold \"name of the minister is wrong\"\n"
        "kabar review harga-beras --change substance    # a typo that was more than that",
    .declare = declare,
};

}  // namespace kabar::app
