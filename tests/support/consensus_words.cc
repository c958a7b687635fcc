#include "tests/support/consensus_words.h"

#include "consensus/shell/trace.h"
#include "protocol/base/check.h"
#include "protocol/base/hex.h"

namespace consensus::words {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

Statement about(VoteKind kind, std::uint64_t view, char name, On on) {
  return {.epoch = Epoch{0},
          .view = View{view},
          .kind = kind,
          .parent_view = View{on.parent_view},
          .height = Height{on.height},
          .block = block(name)};
}

std::string shortened(std::string line) {
  for (char name = '!'; name <= '~'; ++name) {
    replace_all(line, base::hex(block(name).view()), std::string{name});
  }
  replace_all(line, "e=0 ", "");
  return line;
}

}  // namespace

BlockHash block(char name) {
  BlockHash hash;
  hash.data.fill(static_cast<std::uint8_t>(name));
  return hash;
}

ValidatorIndex validator(std::size_t index) {
  return ValidatorIndex{static_cast<std::uint8_t>(index)};
}

ValidatorSet set_of(std::size_t count) {
  std::vector<PublicKey> keys(count);
  for (std::size_t i = 0; i < count; ++i) keys[i].data[0] = static_cast<std::uint8_t>(i);
  auto set = ValidatorSet::from(std::move(keys));
  CHECK(set.has_value());
  return *set;
}

Config config_of(std::size_t validators, std::optional<std::size_t> self) {
  auto config = Config{.epoch = Epoch{0},
                       .self = std::nullopt,
                       .validators = set_of(validators),
                       .root = {.view = {}, .height = {}, .block = block('r')},
                       .timing = {}};
  if (self) config.self = validator(*self);
  return config;
}

Statement notarize(std::uint64_t view, char name, On on) {
  return about(VoteKind::notarize, view, name, on);
}

Statement finalize(std::uint64_t view, char name, On on) {
  return about(VoteKind::finalize, view, name, on);
}

Statement nullify(std::uint64_t view) {
  return consensus::nullify(Epoch{0}, View{view});
}

Verified<Vote> vote(std::size_t voter, Statement const& statement) {
  return Attestation::of(Vote{.statement = statement, .voter = validator(voter), .signature = {}});
}

Verified<Certificate> certificate(Statement const& statement, std::size_t validators) {
  auto const quorum = set_of(validators).quorum();
  return Attestation::of(Certificate{.statement = statement,
                                     .signers = SignerSet::first(quorum),
                                     .signatures = std::vector<Signature>(quorum)});
}

Verified<Proposal> proposal(std::uint64_t view, char name, On on, char parent, Proposal::Form form,
                            std::size_t validators) {
  return Attestation::of(Proposal{.vote = *vote(view % validators, notarize(view, name, on)),
                                  .parent_hash = block(parent),
                                  .proposer = validator(view % validators),
                                  .boundary = false,
                                  .form = form});
}

Verified<Proposal> proposal_again(std::uint64_t view, char name, On on, std::size_t proposer) {
  auto again = *proposal(view, name, on);
  again.proposer = validator(proposer);
  again.boundary = true;
  return Attestation::of(again);
}

Executed executed(std::uint64_t view, char name, Verdict verdict) {
  return {.epoch = Epoch{0}, .view = View{view}, .block = block(name), .verdict = verdict};
}

TimerFired fired(TimerKind kind, std::uint64_t view) {
  return {.timer = {.kind = kind, .view = View{view}}};
}

Recovered nothing_yet(Config const& config) {
  return {.final = config.root,
          .finalization = std::nullopt,
          .committed_height = config.root.height,
          .committed_block = config.root.block,
          .block_interval_ms = 0,
          .grounds = {},
          .own_votes = {}};
}

Story::Story(Config const& config) : Story{config, nothing_yet(config)} {}

Story::Story(Config config, Recovered const& recovered)
    : config_{std::move(config)}, state_{recover(config_, recovered)} {}

std::string Story::tell(Input const& input) {
  auto const output = step(config_, state_, input);
  if (output == Output{}) return "";
  return shortened(describe(output)).substr(std::string_view{"out "}.size());
}

std::string Story::tell_all(Input const& input) {
  std::string lines;
  std::vector<Input> queue{input};
  for (std::size_t next = 0; next < queue.size(); ++next) {
    auto const output = step(config_, state_, Input{queue[next]});
    for (auto const& statement : output.write) {
      queue.emplace_back(vote(config_.self->value(), statement));
    }
    if (output == Output{}) continue;
    if (!lines.empty()) lines += " | ";
    lines += shortened(describe(output)).substr(std::string_view{"out "}.size());
  }
  return lines;
}

}  // namespace consensus::words
