// labor key: new, recover, list, show, use, export, verify-backup.

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "protocol/base/hex.h"
#include "wallet/commands/arguments.h"
#include "wallet/file.h"
#include "wallet/keystore/derivation.h"
#include "wallet/keystore/words.h"

namespace wallet {

namespace {

struct KeyArguments {
  std::string name;
  std::string kdf = "moderate";
  std::string words_file;
  std::uint32_t account = 0;
  bool devnet = false;
};

std::string numbered(Secret const& sentence) {
  std::string text;
  int number = 1;
  auto rest = sentence.chars();
  while (!rest.empty()) {
    auto const word = rest.substr(0, rest.find(' '));
    text += fmt::format("{:>4}. {:<10}{}", number, word, number % 4 == 0 ? "\n" : "");
    ++number;
    rest.remove_prefix(std::min(word.size() + 1, rest.size()));
  }
  return text;
}

std::string_view word_number(Secret const& sentence, std::size_t number) {
  auto rest = sentence.chars();
  for (std::size_t i = 1; i < number; ++i) rest.remove_prefix(rest.find(' ') + 1);
  return rest.substr(0, rest.find(' '));
}

// Words are shown once, on the terminal alone, and some are asked back: a copy that was never
// made is found out now and not in three years.
Result<void> show_words(Session& session, Secret const& sentence) {
  auto& console = session.console();
  auto text = fmt::format(
      "\nThese 24 words are the key. Write them down in order, on paper. Whoever has them has the\n"
      "account; without them it is lost with this machine. They are not shown again.\n\n{}\n",
      numbered(sentence));
  auto const shown = console.show_secret(text);
  wipe(text);
  TRY_VOID(shown);
  for (std::size_t const number : std::array<std::size_t, 3>{5, 12, 21}) {
    TRY(answer, console.ask_secret(fmt::format("Type word {}: ", number)));
    if (answer.chars() != word_number(sentence, number)) {
      return problem(Exit::cancelled, "WORDS_DIFFER",
                     fmt::format("That is not word {}: no key was made.", number),
                     "Start again: `labor key new`. The words shown are worth nothing now.");
    }
  }
  return {};
}

// Where the words go: a new private file, or the terminal.
Result<void> hand_over(Session& session, Secret const& sentence, std::string const& words_file) {
  if (!words_file.empty()) {
    auto line = std::string{sentence.chars()} + "\n";
    auto const written = write_file(words_file, line, Existing::refuse);
    wipe(line);
    return written;
  }
  if (session.options().no_input || !session.console().can_ask()) {
    return usage("NO_TERMINAL", "There is no terminal to show the words on.",
                 "Give `--words-file FILE`: they are written there, for you alone to read.");
  }
  return show_words(session, sentence);
}

Output key_output(Session& session, KeyFile const& file) {
  auto const address = session.text_of(file.address());
  auto const path = session.keystore().path_of(file.name).string();
  return {.data = json::object{{"name", file.name},
                               {"address", address},
                               {"public_key", base::hex(file.public_key.view())},
                               {"path", path_text(file.account)},
                               {"devnet", file.devnet},
                               {"file", path}},
          .text = show(Facts{{"Key", file.name},
                             {"Address", address},
                             {"Public key", base::hex(file.public_key.view())},
                             {"Path", path_text(file.account)},
                             {"For", file.devnet ? "devnets only" : "any network"},
                             {"File", path}})};
}

// The name is checked and free before anybody writes down words for it.
Result<void> name_is_free(Session& session, std::string const& name) {
  TRY_VOID(check_key_name(name));
  std::error_code error;
  auto const path = session.keystore().path_of(name);
  if (!std::filesystem::exists(path, error)) return {};
  return usage("KEY_EXISTS",
               fmt::format("There is a key `{}` already, in {}.", name, path.string()),
               "Choose another name: a key is never written over.");
}

// Asked for before there are words: one that is refused must leave nothing behind.
Result<Secret> password_for(Session& session, KeyArguments const& arguments) {
  TRY_VOID(parse_kdf(arguments.kdf));
  TRY(password, session.new_password(fmt::format("New password for `{}`: ", arguments.name)));
  TRY_VOID(check_password(password, arguments.devnet));
  return std::move(password);
}

Result<Output> store(Session& session, KeyArguments const& arguments, Secret const& entropy,
                     Secret const& password) {
  TRY(kdf, parse_kdf(arguments.kdf));
  TRY(file, seal(entropy, password,
                 {.name = arguments.name,
                  .account = arguments.account,
                  .devnet = arguments.devnet,
                  .created_at_ms = session.console().now_ms(),
                  .kdf = kdf}));
  TRY(path, session.keystore().add(file));
  session.say(fmt::format("The key is in {}.", path.string()));
  return key_output(session, file);
}

Result<Output> make_key(Session& session, KeyArguments const& arguments) {
  TRY_VOID(name_is_free(session, arguments.name));
  TRY(password, password_for(session, arguments));
  auto const entropy = Secret::random(entropy_bytes);
  TRY_VOID(hand_over(session, words_of(entropy), arguments.words_file));
  return store(session, arguments, entropy, password);
}

// From --words-file, from the terminal, or from stdin when there is none.
Result<Secret> read_words(Session& session, std::string const& words_file) {
  bool const ask = words_file.empty() && !session.options().no_input && session.console().can_ask();
  if (ask) {
    TRY(typed, session.console().ask_secret("The words, separated by spaces: "));
    return entropy_of(typed.chars());
  }
  auto text =
      words_file.empty() || words_file == "-" ? session.console().input() : read_file(words_file);
  if (!text) return std::unexpected{text.error()};
  auto entropy = entropy_of(*text);
  wipe(*text);
  return entropy;
}

Result<Output> recover_key(Session& session, KeyArguments const& arguments) {
  TRY_VOID(name_is_free(session, arguments.name));
  TRY(entropy, read_words(session, arguments.words_file));
  TRY(password, password_for(session, arguments));
  return store(session, arguments, entropy, password);
}

Result<Output> list_keys(Session& session) {
  TRY(files, session.keystore().list());
  TRY(config, session.config());
  json::array data;
  Table table{.head = {"KEY", "ADDRESS", ""}, .rows = {}};
  for (auto const& file : files) {
    bool const in_use = config.key == file.name || (config.key.empty() && files.size() == 1);
    data.push_back(json::object{{"name", file.name},
                                {"address", session.text_of(file.address())},
                                {"devnet", file.devnet},
                                {"in_use", in_use}});
    table.rows.push_back({file.name, session.text_of(file.address()), in_use ? "in use" : ""});
  }
  if (files.empty()) session.say("Make a key: `labor key new NAME`.");
  return Output{.data = std::move(data), .text = show(table)};
}

Result<Output> use_key(Session& session, std::string const& name) {
  TRY(file, session.keystore().find(name));
  TRY(config, session.config());
  config.key = file.name;
  TRY_VOID(save_config(session.home(), config));
  return key_output(session, file);
}

// Typing the name is the confirmation: the words are the account.
Result<Output> export_key(Session& session, KeyArguments const& arguments) {
  TRY(file, session.keystore().find(arguments.name));
  if (!session.options().yes) {
    if (session.options().no_input || !session.console().can_ask()) {
      return usage("CONFIRMATION_NEEDED", "There is no terminal to confirm on.",
                   "Give `--yes` and `--words-file FILE`.");
    }
    TRY(answer, session.console().ask(fmt::format(
                    "Whoever reads the words has the account. Type `{}` to go on: ", file.name)));
    if (answer != file.name) {
      return problem(Exit::cancelled, "CANCELLED", "Cancelled: nothing was shown.");
    }
  }
  TRY(password, session.password(fmt::format("Password of `{}`: ", file.name)));
  TRY(entropy, open(file, password));
  auto const sentence = words_of(entropy);
  if (!arguments.words_file.empty()) {
    TRY_VOID(hand_over(session, sentence, arguments.words_file));
    return Output{.data = {{"words_file", arguments.words_file}},
                  .text = fmt::format("The words are in {}.", arguments.words_file)};
  }
  auto text = fmt::format("\n{}\nPath {}\n", numbered(sentence), path_text(file.account));
  auto const shown = session.console().show_secret(text);
  wipe(text);
  TRY_VOID(shown);
  return Output{.data = {{"shown", true}}, .text = ""};
}

Result<Output> verify_backup(Session& session, KeyArguments const& arguments) {
  TRY(file, session.keystore().find(arguments.name));
  TRY(entropy, read_words(session, arguments.words_file));
  TRY(seed, seed_of(words_of(entropy)));
  if (account_key(seed, file.account).public_key() != file.public_key) {
    return problem(Exit::key, "OTHER_WORDS",
                   fmt::format("These words are good, but of another key than `{}`.", file.name));
  }
  return Output{.data = {{"matches", true}},
                .text = fmt::format("The words are those of `{}`.", file.name)};
}

}  // namespace

void add_key(Menu& menu) {
  auto noun = menu.noun("key", "Keys of this wallet, sealed under a password");
  auto& session = menu.session();
  auto const arguments = std::make_shared<KeyArguments>();
  auto const name = [arguments](Verb verb) {
    verb.argument("NAME", arguments->name, "The key's name");
  };
  auto const making = [arguments](Verb verb) {
    verb.option("--kdf", arguments->kdf,
                "Cost of guessing the password: interactive, moderate, "
                "sensitive; minimum on devnets");
    verb.option("--account", arguments->account, "Which account of the words (0)");
    verb.flag("--devnet", arguments->devnet, "For devnets only: it signs for no other chain");
  };
  auto const words = [arguments](Verb verb, std::string const& help) {
    verb.option("--words-file", arguments->words_file, help);
  };

  auto fresh = noun.verb("new", "Make a key and show its 24 words once",
                         [&session, arguments] { return make_key(session, *arguments); });
  name(fresh);
  making(fresh);
  words(fresh, "Write the words to this new file instead of showing them");

  auto recover = noun.verb("recover", "Make a key again from its words",
                           [&session, arguments] { return recover_key(session, *arguments); });
  name(recover);
  making(recover);
  words(recover, "Read the words from this file; - for the standard input");

  noun.verb("list", "All keys", [&session] { return list_keys(session); });
  name(noun.verb("show", "One key; nothing secret", [&session, arguments]() -> Result<Output> {
    TRY(file, session.keystore().find(arguments->name));
    return key_output(session, file);
  }));
  name(noun.verb("use", "Act with this key from now on",
                 [&session, arguments] { return use_key(session, arguments->name); }));
  auto out = noun.verb("export", "Show the words of a key, after confirmation",
                       [&session, arguments] { return export_key(session, *arguments); });
  name(out);
  words(out, "Write the words to this new file instead of showing them");
  auto backup = noun.verb("verify-backup", "Check the words on paper against the key",
                          [&session, arguments] { return verify_backup(session, *arguments); });
  name(backup);
  words(backup, "Read the words from this file; - for the standard input");
}

}  // namespace wallet
