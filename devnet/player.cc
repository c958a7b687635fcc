#include "devnet/player.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <thread>

#include "devnet/agreement.h"
#include "devnet/files.h"
#include "devnet/people.h"
#include "devnet/time_travel.h"
#include "devnet/waiting.h"
#include "devnet/wallet_command.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"

namespace devnet {
namespace {

namespace json = boost::json;

// For what validators do by themselves within seconds, on a machine that is busy.
constexpr int patience_ms = 30'000;

// The value at a path of names and positions joined by dots; nothing if there is none.
json::value const* at_path(json::value const& value, std::string_view path) {
  auto const* here = &value;
  while (!path.empty()) {
    auto const dot = path.find('.');
    auto const name = path.substr(0, dot);
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
    if (here->is_object()) {
      here = here->as_object().if_contains(name);
    } else if (here->is_array() && name.find_first_not_of("0123456789") == name.npos) {
      auto const position = std::stoul(std::string{name});
      here = here->as_array().if_contains(position);
    } else {
      return nullptr;
    }
    if (here == nullptr) return nullptr;
  }
  return here;
}

std::string text_of(json::value const& value) {
  return value.is_string() ? std::string{value.as_string()} : json::serialize(value);
}

std::string text_at(json::value const& value, std::string_view path) {
  auto const* found = at_path(value, path);
  return found == nullptr ? "" : text_of(*found);
}

}  // namespace

Player::Player(Network& network, Telling telling)
    : network_{network}, telling_{std::move(telling)} {}

Result<> Player::play(Story const& story) {
  telling_.print(fmt::format("Story: {}", story.title));
  TRY(start, balances());
  at_start_ = start;
  names_["folder"] = network_.home().string();
  for (auto const& step : story.steps) {
    auto const done = std::visit([this](auto const& action) { return on(action); }, step.action);
    if (done) continue;
    telling_.print(network_.state_of_nodes());
    return std::unexpected{
        fmt::format("line {} did not hold: {}\n  {}", step.line, step.text, done.error())};
  }
  return {};
}

Result<Player::Balances> Player::balances() const {
  TRY(validator, network_.living());
  NodeClient const node{network_.validators()[validator].api_port};
  Balances found;
  auto const missing = std::unexpected{std::string{"a running validator gave no answer"}};
  for (auto const& person : people) {
    auto const account = node.account(network_.address_of(person.name).str());
    if (!account) return missing;
    for (auto const& row : account->balances()) {
      found[fmt::format("{} {}", person.name, asset_name(row.asset()))] =
          static_cast<std::int64_t>(row.amount());
    }
  }
  auto const supply = node.supply();
  if (!supply) return missing;
  for (auto const& row : supply->rows()) {
    auto const asset = asset_name(row.asset());
    found[fmt::format("treasury {}", asset)] = static_cast<std::int64_t>(row.treasury());
    found[fmt::format("pool {}", asset)] = static_cast<std::int64_t>(row.pool());
  }
  return found;
}

Result<std::string> Player::resolved(std::string const& word) const {
  if (word.starts_with('@')) {
    // @PERSON may be followed by more, as in @talent=40%.
    auto const end = std::min(word.find('='), word.size());
    auto const name = word.substr(1, end - 1);
    if (std::ranges::find(people, name, &Person::name) == people.end()) {
      return std::unexpected{"nobody is called " + name};
    }
    return network_.address_text_of(name) + word.substr(end);
  }
  // $NAME may be followed by more, as in $contract/0.
  std::string text;
  for (std::size_t i = 0; i < word.size();) {
    if (word[i] != '$') {
      text.push_back(word[i++]);
      continue;
    }
    auto const end = word.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_", i + 1);
    auto const name = word.substr(i + 1, end == word.npos ? end : end - i - 1);
    auto const known = names_.find(name);
    if (known == names_.end()) return std::unexpected{"$" + name + " was never named"};
    text += known->second;
    i += 1 + name.size();
  }
  return text;
}

Result<Player::Answer> Player::wallet(std::string const& person,
                                      std::vector<std::string> const& command) const {
  TRY(living, network_.living());
  auto const validator = asked_.value_or(living);
  std::vector<std::string> words;
  for (auto const& word : command) {
    TRY(text, resolved(word));
    words.push_back(text);
  }
  auto const ended = run_wallet(network_, validator, person, words, WalletOutput::json);
  if (!ended) return std::unexpected{std::string{"the wallet could not be started"}};
  boost::system::error_code error;
  auto envelope = json::parse(ended->out, error);
  if (error) {
    return std::unexpected{fmt::format("the wallet's answer is not JSON (exit {}): {}{}",
                                       ended->code, ended->out, ended->err)};
  }
  return Answer{ended->code, std::move(envelope)};
}

Result<> Player::on(Say const& say) {
  telling_.print(say.text);
  return {};
}

Result<> Player::on(Act const& act) {
  TRY(answer, wallet(act.person, act.command));
  auto const command = fmt::format("{}", fmt::join(act.command, " "));
  if (answer.code != 0) {
    return std::unexpected{
        fmt::format("exit {}: {}", answer.code, json::serialize(answer.envelope))};
  }
  auto const& data = *at_path(answer.envelope, "data");
  auto const id = text_at(data, "transaction_id");
  telling_.print(fmt::format("  {:8} {}", act.person, command));
  if (!id.empty()) {
    telling_.print(
        fmt::format("           final at height {}, transaction {}", text_at(data, "height"), id));
    telling_.finalized();
  }
  if (act.name.empty()) return {};
  names_[act.name] = text_at(data, "created_ids.0");
  if (names_[act.name].empty()) {
    return std::unexpected{"it created nothing to be called " + act.name};
  }
  return {};
}

Result<> Player::on(Fails const& fails) {
  TRY(answer, wallet(fails.person, fails.command));
  auto const reason = text_at(answer.envelope, "error.reason");
  if (answer.code == 0 || reason != fails.reason) {
    return std::unexpected{
        fmt::format("exit {}: {}", answer.code, json::serialize(answer.envelope))};
  }
  telling_.print(fmt::format("  {:8} {}\n           refused, as it must be: {}", fails.person,
                             fmt::join(fails.command, " "), reason));
  return {};
}

Result<> Player::on(Sees const& sees) {
  TRY(answer, wallet(sees.person, sees.command));
  TRY(value, resolved(sees.value));
  auto const seen = text_at(answer.envelope, "data." + sees.path);
  if (seen != value) {
    return std::unexpected{
        fmt::format("{} is \"{}\" in {}", sees.path, seen, json::serialize(answer.envelope))};
  }
  telling_.print(fmt::format("  {:8} sees {} = {}", sees.person, sees.path, value));
  return {};
}

Result<> Player::on(Waits const& waits) {
  auto const& until = waits.until;
  TRY(value, resolved(until.value));
  std::string seen;
  auto const came = wait_until(patience_ms, [&] {
    auto const answer = wallet(until.person, until.command);
    if (answer) seen = text_at(answer->envelope, "data." + until.path);
    return seen == value;
  });
  if (!came) {
    return std::unexpected{
        fmt::format("after {} s {} is still \"{}\"", patience_ms / 1000, until.path, seen)};
  }
  telling_.print(fmt::format("  {:8} waits until {} = {}", until.person, until.path, value));
  return {};
}

Result<> Player::on(Has const& has) {
  TRY(now, balances());
  auto const key = has.holder + " " + has.asset;
  auto const change = now[key] - at_start_[key];
  auto const text = change_text(change);
  if (text != has.change) {
    return std::unexpected{fmt::format("{} has {} {}", has.holder, text, has.asset)};
  }
  telling_.print(fmt::format("  {:8} has {} {} since the beginning", has.holder, text, has.asset));
  return {};
}

Result<> Player::on(SupplyHolds const&) {
  TRY(validator, network_.living());
  TRY(lines, supply_lines(NodeClient{network_.validators()[validator].api_port}));
  for (auto const& line : lines) telling_.print("  " + line);
  return {};
}

Result<> Player::on(NodesAgree const&) {
  TRY(line, nodes_agree(network_));
  telling_.print("  " + line);
  return {};
}

Result<> Player::on(TimePasses const& passes) {
  constexpr std::uint64_t day_ms = 24ull * 60 * 60 * 1000;
  auto const days = static_cast<double>(passes.duration_ms) / static_cast<double>(day_ms);
  TRY(head, pass_time(network_, passes.duration_ms));
  telling_.print(fmt::format("  {:.2f} days pass{}", days, head ? "" : " without a validator"));
  return {};
}

Result<> Player::on(TimePassesUntil const& moment) {
  TRY(head, pass_time_until(network_, moment.in_week_ms));
  auto const now = std::chrono::milliseconds{head ? head->time_ms : 0};
  telling_.print(fmt::format("  it is {:%A %F %H:%M} UTC", std::chrono::sys_time{now}));
  return {};
}

Result<> Player::on(ValidatorFate const& fate) {
  telling_.print("  validator " + std::to_string(fate.validator) + " " +
                 std::string{name_of(fate.fate)});
  switch (fate.fate) {
    case Fate::dies:
      return network_.kill_validator(fate.validator);
    case Fate::pauses:
      return network_.pause_validator(fate.validator);
    case Fate::resumes:
      return network_.resume_validator(fate.validator);
    case Fate::returns:
      return network_.start_validator(fate.validator);
    case Fate::restarts:
      return network_.restart_validator(fate.validator);
  }
  return {};
}

Result<> Player::on(LinksDelay const& delay) {
  return network_.delay_links(delay.delay_ms);
}

Result<> Player::on(PeopleAsk const& ask) {
  if (ask.validator >= network_.validators().size()) {
    return std::unexpected{fmt::format("there is no validator {}", ask.validator)};
  }
  asked_ = ask.validator;
  telling_.print(fmt::format("  people ask validator {}", ask.validator));
  return {};
}

Result<> Player::on(FileChanges const& changes) {
  TRY(file, resolved(changes.file));
  TRY(text, read_file(file));
  auto const at = text.find(changes.from);
  if (at == std::string::npos) return std::unexpected{"the file does not say so"};
  text.replace(at, changes.from.size(), changes.to);
  TRY_VOID(replace_file(file, text));
  telling_.print(fmt::format("  {} is changed", std::filesystem::path{file}.filename().string()));
  return {};
}

}  // namespace devnet
