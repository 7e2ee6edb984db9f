#include "app/completion.h"

#include <functional>
#include <vector>

#include <fmt/format.h>

#include "app/commands.h"

namespace kabar::app {
namespace {

// A command or a command of a command: "model", "model info".
struct Entry {
  std::string path;
  const CLI::App* app;
};

void collect(const CLI::App& app, const std::string& prefix, std::vector<Entry>& entries) {
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) {
    const std::string path = prefix.empty() ? sub->get_name() : prefix + " " + sub->get_name();
    entries.push_back({path, sub});
    collect(*sub, path, entries);
  }
}

std::vector<Entry> entries_of(const CLI::App& cli) {
  std::vector<Entry> entries;
  collect(cli, "", entries);
  return entries;
}

// "--until-idle", "-h": every name of every option that is not positional.
std::vector<std::pair<std::string, std::string>> options_of(const CLI::App& app) {
  std::vector<std::pair<std::string, std::string>> options;
  for (const CLI::Option* option : app.get_options()) {
    for (const std::string& name : option->get_lnames()) options.emplace_back("--" + name, option->get_description());
    for (const std::string& name : option->get_snames()) options.emplace_back("-" + name, option->get_description());
  }
  return options;
}

std::string names_of(const CLI::App& app, const CLI::App& root) {
  std::string names;
  for (const CLI::App* sub : app.get_subcommands([](const CLI::App*) { return true; })) names += sub->get_name() + " ";
  for (const auto& [name, description] : options_of(app)) names += name + " ";
  if (&app != &root) names += "--dir ";
  return names;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

// In both shells the words before the cursor that are commands choose the list; files complete everywhere else.
std::string bash_script(const CLI::App& cli) {
  std::string cases;
  for (const Entry& entry : entries_of(cli)) {
    cases += fmt::format("    \"{}\") words=\"{}\" ;;\n", entry.path, names_of(*entry.app, cli));
  }
  return fmt::format(
      "# bash completion for kabar: kabar completion bash >/etc/bash_completion.d/kabar\n"
      "_kabar() {{\n"
      "  local current=\"${{COMP_WORDS[COMP_CWORD]}}\" path=\"\" words=\"\" i word\n"
      "  for ((i = 1; i < COMP_CWORD; i++)); do\n"
      "    word=\"${{COMP_WORDS[i]}}\"\n"
      "    if [ \"$word\" = --dir ]; then i=$((i + 1)); continue; fi\n"
      "    case \"$word\" in -*) continue ;; esac\n"
      "    path=\"${{path:+$path }}$word\"\n"
      "  done\n"
      "  case \"$path\" in\n"
      "    \"\") words=\"{}\" ;;\n"
      "{}"
      "    *) words=\"--help\" ;;\n"
      "  esac\n"
      "  mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\"; compgen -f -- \"$current\")\n"
      "}}\n"
      "complete -o filenames -F _kabar kabar\n",
      names_of(cli, cli), cases);
}

std::string zsh_script(const CLI::App& cli) {
  std::string cases, commands;
  const auto quoted = [](const std::string& text) { return replaced(replaced(text, "'", "'\\''"), ":", "\\:"); };
  for (const Entry& entry : entries_of(cli)) {
    if (entry.path.find(' ') != std::string::npos) continue;
    commands += fmt::format("    '{}:{}'\n", entry.path, quoted(entry.app->get_description()));
    std::string options;
    for (const auto& [name, description] : options_of(*entry.app)) {
      options += fmt::format(" '{}:{}'", name, quoted(description));
    }
    for (const CLI::App* sub : entry.app->get_subcommands([](const CLI::App*) { return true; })) {
      options += fmt::format(" '{}:{}'", sub->get_name(), quoted(sub->get_description()));
    }
    cases += fmt::format("    {}) options=({} ) ;;\n", entry.path, options);
  }
  return fmt::format(
      "#compdef kabar\n"
      "_kabar() {{\n"
      "  local -a commands options\n"
      "  commands=(\n{}  )\n"
      "  if ((CURRENT == 2)); then _describe command commands; return; fi\n"
      "  case \"${{words[2]}}\" in\n{}  esac\n"
      "  _describe option options\n"
      "  _files\n"
      "}}\n"
      "_kabar \"$@\"\n",
      commands, cases);
}

std::string fish_script(const CLI::App& cli) {
  std::string out = "# fish completion for kabar: kabar completion fish >~/.config/fish/completions/kabar.fish\n";
  const auto quoted = [](const std::string& text) { return replaced(replaced(text, "\\", "\\\\"), "'", "\\'"); };
  out += "complete -c kabar -l dir -r -d 'The folder of the newsroom'\n";
  for (const Entry& entry : entries_of(cli)) {
    if (entry.path.find(' ') != std::string::npos) continue;
    out += fmt::format("complete -c kabar -n __fish_use_subcommand -a {} -d '{}'\n", entry.path,
                       quoted(entry.app->get_description()));
    for (const auto& [name, description] : options_of(*entry.app)) {
      const bool is_long = name.starts_with("--");
      out += fmt::format("complete -c kabar -n '__fish_seen_subcommand_from {}' -{} {} -d '{}'\n", entry.path,
                         is_long ? "l" : "s", name.substr(is_long ? 2 : 1), quoted(description));
    }
    for (const CLI::App* sub : entry.app->get_subcommands([](const CLI::App*) { return true; })) {
      out += fmt::format("complete -c kabar -n '__fish_seen_subcommand_from {}' -a {} -d '{}'\n", entry.path,
                         sub->get_name(), quoted(sub->get_description()));
    }
  }
  return out;
}

// A line of troff text: backslashes and hyphens literally, no request by a leading dot.
std::string troff(std::string text) {
  text = replaced(std::move(text), "\\", "\\e");
  text = replaced(std::move(text), "-", "\\-");
  if (text.starts_with('.') || text.starts_with('\'')) text.insert(0, "\\&");
  return text;
}

std::string man_command(const Entry& entry, const std::string& examples) {
  std::string out = fmt::format(".SS kabar {}\n{}.\n", troff(entry.path), troff(entry.app->get_description()));
  for (const CLI::Option* option : entry.app->get_options()) {
    if (option->get_name() == "--help" || option->get_name() == "-h,--help") continue;
    const bool positional = option->get_positional();
    const std::string name = option->get_name(positional, false);
    const std::string value = positional || option->get_type_size() == 0 ? "" : " " + option->get_type_name();
    out += fmt::format(".TP\n\\fB{}\\fR{}\n{}\n", troff(name), troff(value), troff(option->get_description()));
  }
  if (!examples.empty()) {
    out += ".PP\n.nf\n";
    size_t begin = 0;
    while (begin < examples.size()) {
      const size_t end = std::min(examples.find('\n', begin), examples.size());
      out += troff("    " + examples.substr(begin, end - begin)) + "\n";
      begin = end + 1;
    }
    out += ".fi\n";
  }
  return out;
}

}  // namespace

Result<std::string> completion_script(const CLI::App& cli, const std::string& shell) {
  if (shell == "bash") return bash_script(cli);
  if (shell == "zsh") return zsh_script(cli);
  if (shell == "fish") return fish_script(cli);
  return fail(ErrorKind::usage, shell, "there are scripts for bash, zsh and fish");
}

std::string man_page(const CLI::App& cli) {
  std::string out = fmt::format(
      ".TH KABAR 1 \"\" \"kabar {}\" \"User commands\"\n.SH NAME\nkabar \\- {}\n"
      ".SH SYNOPSIS\n.B kabar\n[\\-\\-dir DIR] COMMAND [OPTION]...\n.SH COMMANDS\n",
      KABAR_VERSION, troff(cli.get_description()));
  for (const Entry& entry : entries_of(cli)) {
    std::string examples;
    for (const Command* command : commands()) {
      if (command->name == entry.path) examples = command->examples;
    }
    out += man_command(entry, examples);
  }
  out += ".SH EXIT STATUS\n";
  for (const ExitCode& code : exit_codes()) {
    out += fmt::format(".TP\n{}\n{}\n", code.number, troff(std::string(code.meaning)));
  }
  out +=
      ".SH ENVIRONMENT\n.TP\nKABAR_SHARE\nThe folder with data/, models/ and themes/\n"
      ".TP\nNO_COLOR\nNo colours on the terminal\n"
      ".PP\nEvery setting of kabar.toml has a variable of its own: kabar config \\-\\-defaults lists them.\n";
  return out;
}

}  // namespace kabar::app
