#include "wallet/validator.h"

#include <fmt/format.h>

#include <sstream>
#include <vector>

#include "protocol/base/hex.h"
#include "protocol/base/try.h"

namespace wallet {

namespace {

constexpr std::size_t key_digits = 64;

}  // namespace

Result<std::string> parse_public_key(std::string_view text) {
  auto bytes = base::from_hex(text);
  if (bytes && text.size() == key_digits) return *std::move(bytes);
  return usage("INVALID_KEY", fmt::format("`{}` is not a public key.", text),
               "Write the 64 hex digits that `labord init` or `labor validator list` prints.");
}

Result<labor::v1::ValidatorChange> parse_admission(Session& session, std::string_view text) {
  std::istringstream stream{std::string{text}};
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  if (words.size() != 3 && words.size() != 4) {
    return usage("INVALID_ADMISSION", fmt::format("`{}` does not say who is admitted.", text),
                 "Write \"NAME CONSENSUS_KEY NODE_KEY OPERATOR\" as one argument, in quotes; the "
                 "operator is the account that may rotate the keys, and may be left out.");
  }
  labor::v1::ValidatorChange change;
  auto& validator = *change.mutable_admit()->mutable_validator();
  validator.set_name(words[0]);
  TRY(consensus_key, parse_public_key(words[1]));
  validator.set_consensus_key(consensus_key);
  TRY(node_key, parse_public_key(words[2]));
  validator.set_node_key(node_key);
  if (words.size() == 4) {
    TRY(address, session.address_of(words[3]));
    validator.set_operator_(address.str());
  }
  return change;
}

Result<labor::v1::ValidatorChange> parse_removal(std::string_view text) {
  TRY(key, parse_public_key(text));
  labor::v1::ValidatorChange change;
  change.mutable_remove()->set_consensus_key(key);
  return change;
}

std::string describe(labor::v1::ValidatorChange const& change,
                     std::function<std::string(std::string const&)> const& who) {
  if (change.has_remove()) {
    return fmt::format("remove the validator that has registered the key {}",
                       base::hex(change.remove().consensus_key()));
  }
  auto const& validator = change.admit().validator();
  return fmt::format(
      "admit the validator {}: consensus key {}, node key {}, {}", validator.name(),
      base::hex(validator.consensus_key()), base::hex(validator.node_key()),
      validator.operator_().empty() ? "no operator" : "operator " + who(validator.operator_()));
}

Facts facts_of(Session& session, labor::v1::Seat const& seat) {
  auto const& validator = seat.validator();
  Facts facts{{"Validator", validator.name()},
              {"Seat", fmt::format("{}", seat.id())},
              {"State", state_name(*labor::v1::SeatState_descriptor(), seat.state())},
              {"Consensus key", base::hex(validator.consensus_key())},
              {"Node key", base::hex(validator.node_key())}};
  if (auto const address = protocol::Address::from(validator.operator_())) {
    facts.emplace_back("Operator", session.label_of(*address));
  }
  if (!seat.new_consensus_key().empty()) {
    facts.emplace_back("Next consensus key", base::hex(seat.new_consensus_key()));
    facts.emplace_back("Next node key", base::hex(seat.new_node_key()));
  }
  if (seat.turn() != 0) facts.emplace_back("Waits", "for the next boundary that has room for it");
  if (seat.offended_height() != 0) {
    facts.emplace_back("Offence",
                       fmt::format("evidence was taken in by block {}", seat.offended_height()));
  }
  return facts;
}

}  // namespace wallet
