#include <fmt/format.h>

#include "app/newsroom.h"
#include "app/readers_first.h"
#include "life/steps/review.h"

namespace kabar::app {
namespace {

struct Arguments {
  std::string article;
  std::string language;
  bool approve = false;
  bool lift = false;
  std::vector<std::pair<std::string, std::string>> edits;
  std::string hold;
  std::string change;
  std::string reason;
  std::string by;
};

// --edit and --approve go together; the others stand alone.
int count_decisions(const Arguments& arguments) {
  return static_cast<int>(arguments.approve || !arguments.edits.empty()) + static_cast<int>(arguments.lift) +
         static_cast<int>(!arguments.hold.empty()) + static_cast<int>(!arguments.change.empty());
}

Result<void> put_words(Desk& desk, const Arguments& arguments, Language language, const std::string& who) {
  std::vector<life::Edit> edits;
  for (const auto& [segment, text] : arguments.edits) edits.push_back({segment, text});
  if (!arguments.approve) return life::edit(desk.life(), arguments.article, language, edits, who);
  return life::edit_and_approve(desk.life(), arguments.article, language, edits, who, arguments.reason);
}

Result<void> run_review(const Program& program, const Arguments& arguments) {
  const int decisions = count_decisions(arguments);
  if (decisions == 0) return fail(ErrorKind::usage, "", "one of --approve, --edit, --hold, --lift, --change is needed");
  if (decisions > 1) return fail(ErrorKind::usage, "", "only --edit and --approve go together");
  KABAR_ASSIGN(const std::unique_ptr<Desk> desk, open_desk(program));
  const std::string who = editor_name(arguments.by);
  if (!arguments.change.empty()) {
    const auto kind = arguments.change == "typo" ? life::ChangeKind::typo : life::ChangeKind::substance;
    return life::overrule_change(desk->life(), arguments.article, kind, who, arguments.reason);
  }
  const std::optional<Language> language = Language::parse(arguments.language);
  if (!language) return fail(ErrorKind::usage, "--to", "a language code is needed, such as en");
  if (!arguments.edits.empty()) return put_words(*desk, arguments, *language, who);
  if (arguments.approve) return life::approve(desk->life(), arguments.article, *language, who, arguments.reason);
  if (arguments.lift) return life::lift(desk->life(), arguments.article, *language, who);
  KABAR_TRY(life::hold(desk->life(), arguments.article, *language, who, arguments.hold));
  return show_readers_now(*desk);
}

std::string filled(const std::string& value) { return value.empty() ? "must say why" : ""; }

std::function<Result<void>()> declare(CLI::App& app, Program& program) {
  auto arguments = std::make_shared<Arguments>();
  app.add_option("ARTICLE", arguments->article, "Id of the article")->required();
  app.add_option("--to", arguments->language, "Language of the version")->type_name("LANG");
  app.add_flag("--approve", arguments->approve, "Readers may have it");
  app.add_option("--edit", arguments->edits, "Your words for a segment; may be given several times")
      ->allow_extra_args(false)
      ->type_name("SEGMENT TEXT");
  app.add_option("--hold", arguments->hold,
                 "Keep it from readers, or take it away from them, until somebody approves it or lifts the hold")
      ->check(filled)
      ->type_name("REASON");
  app.add_flag("--lift", arguments->lift, "End a hold; the policy decides again");
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
        "kabar review harga-beras --to en --edit s2 \"Prices rose.\" --edit s6 \"Vendors complained.\" --approve\n"
        "kabar review harga-beras --to ar --hold \"name of the minister is wrong\"\n"
        "kabar review harga-beras --to ar --lift    # without approving: as the policy says\n"
        "kabar review harga-beras --change substance    # a typo that was more than that",
    .declare = declare,
};

}  // namespace kabar::app
