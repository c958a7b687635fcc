#include "consensus/shell/trace_reader.h"

#include <optional>
#include <utility>
#include <vector>

#include "consensus/certificate/attestation.h"
#include "consensus/certificate/verify.h"
#include "consensus/shell/trace_fields.h"
#include "protocol/base/check.h"
#include "protocol/base/try.h"

namespace consensus {
namespace {

using OrRefused = std::expected<Input, TraceRefusal>;

std::unexpected<TraceRefusal> refuse(TraceRefusal refusal) {
  return std::unexpected{refusal};
}

// A vote or a certificate that verify() would take, but for the signatures.
template <class T>
std::expected<Verified<T>, TraceRefusal> attested(Config const& config, T claim) {
  auto const committee =
      Committee{.genesis = {}, .epoch = config.epoch, .validators = config.validators};
  if (!check_claim(committee, claim)) return refuse(TraceRefusal::impossible_claim);
  return Attestation::of(std::move(claim));
}

// ---- inputs: one function per kind ----

OrRefused read_started(TraceFields&, Config const&) {
  return Started{};
}

OrRefused read_proposal(TraceFields& fields, Config const& config) {
  auto proposal = Proposal{.vote = fields.vote(),
                           .parent_hash = fields.bytes<BlockHash>("parent"),
                           .proposer = fields.validator("proposer"),
                           .boundary = fields.flag("boundary"),
                           .form = fields.one_of(trace_names::forms, "form")};
  TRY_VOID(attested(config, proposal.vote));
  auto const& said = proposal.vote.statement;
  if (said.kind != VoteKind::notarize ||
      proposal.vote.voter != config.validators.leader(config.epoch, said.view)) {
    return refuse(TraceRefusal::impossible_claim);
  }
  return Attestation::of(proposal);
}

OrRefused read_vote(TraceFields& fields, Config const& config) {
  return attested(config, fields.vote());
}

OrRefused read_certificate(TraceFields& fields, Config const& config) {
  return attested(config, fields.certificate());
}

OrRefused read_timer(TraceFields& fields, Config const&) {
  auto const timer = fields.timer_in_word(1);
  if (timer.kind == TimerKind::hold || timer.kind == TimerKind::catch_up) {
    return refuse(TraceRefusal::not_the_cores);
  }
  return TimerFired{.timer = timer};
}

OrRefused read_built(TraceFields& fields, Config const&) {
  auto built = Built{.epoch = Epoch{fields.number("e")},
                     .view = View{fields.number("v")},
                     .parent = fields.block_in("parent"),
                     .block = std::nullopt};
  if (fields.text("block") != "none") built.block = fields.bytes<BlockHash>("block");
  return built;
}

OrRefused read_executed(TraceFields& fields, Config const&) {
  return Executed{.epoch = Epoch{fields.number("e")},
                  .view = View{fields.number("v")},
                  .block = fields.bytes<BlockHash>("block"),
                  .verdict = fields.one_of(trace_names::verdicts, "verdict")};
}

OrRefused read_body_held(TraceFields& fields, Config const&) {
  return BodyHeld{.block = fields.bytes<BlockHash>("block")};
}

OrRefused read_body_durable(TraceFields& fields, Config const&) {
  return BodyDurable{.block = fields.bytes<BlockHash>("block")};
}

OrRefused read_committed(TraceFields& fields, Config const&) {
  return Committed{.height = Height{fields.number("h")},
                   .block = fields.bytes<BlockHash>("block"),
                   .block_interval_ms = fields.number("interval_ms")};
}

OrRefused read_work(TraceFields& fields, Config const&) {
  return Work{.transactions = fields.flag("transactions"), .due = fields.flag("due")};
}

template <class T>
OrRefused of_peer(T input, Config const& config) {
  if (config.validators.contains(input.peer)) return input;
  return refuse(TraceRefusal::unknown_peer);
}

OrRefused read_heard(TraceFields& fields, Config const& config) {
  return of_peer(Heard{.peer = fields.validator("peer"),
                       .statement = fields.statement(),
                       .certificate = fields.word(1) == "certificate"},
                 config);
}

OrRefused read_connected(TraceFields& fields, Config const& config) {
  return of_peer(Connected{.peer = fields.validator("peer")}, config);
}

OrRefused read_asked(TraceFields& fields, Config const& config) {
  return of_peer(Asked{.peer = fields.validator("peer"),
                       .epoch = Epoch{fields.number("e")},
                       .view = View{fields.number("v")}},
                 config);
}

struct Reader {
  std::string_view kind;
  OrRefused (*read)(TraceFields&, Config const&);
};
constexpr Reader readers[] = {
    {"started", read_started},
    {"proposal", read_proposal},
    {"vote", read_vote},
    {"certificate", read_certificate},
    {"timer", read_timer},
    {"built", read_built},
    {"executed", read_executed},
    {"body_held", read_body_held},
    {"body_durable", read_body_durable},
    {"committed", read_committed},
    {"work", read_work},
    {"heard", read_heard},
    {"connected", read_connected},
    {"asked", read_asked},
};

OrRefused read_input(std::string_view text, Config const& config) {
  TraceFields fields{text};
  for (auto const& reader : readers) {
    if (reader.kind != fields.word(0)) continue;
    auto input = reader.read(fields, config);
    if (!fields.good()) return refuse(TraceRefusal::misspelt);
    return input;
  }
  return refuse(TraceRefusal::unknown_kind);
}

// ---- the start ----

std::expected<Config, TraceRefusal> read_config(TraceFields& fields) {
  std::vector<PublicKey> keys;
  for (auto const item : fields.items("validators")) {
    auto const key = base::from_hex_as<PublicKey>(item);
    if (!key) return refuse(TraceRefusal::misspelt);
    keys.push_back(*key);
  }
  auto set = ValidatorSet::from(std::move(keys));
  if (!set) return refuse(TraceRefusal::impossible_start);
  auto config = Config{.epoch = Epoch{fields.number("e")},
                       .self = std::nullopt,
                       .validators = *std::move(set),
                       .root = fields.block_in("root"),
                       .timing = {.delta_ms = fields.number("delta_ms"),
                                  .retry_ms = fields.number("retry_ms"),
                                  .standstill_ms = fields.number("standstill_ms"),
                                  .answer_ms = fields.number("answer_ms"),
                                  .due_grace_ms = fields.number("due_grace_ms")}};
  if (fields.text("self") != "none") config.self = fields.validator("self");
  if (!fields.good()) return refuse(TraceRefusal::misspelt);
  if (config.self && !config.validators.contains(*config.self)) {
    return refuse(TraceRefusal::impossible_start);
  }
  return config;
}

// What recover() takes for granted.
bool possible(Config const& config, Recovered const& recovered) {
  auto const& final = recovered.final;
  if (recovered.committed_height < final.height) return false;
  if (!recovered.finalization) return final == config.root;
  auto const& said = recovered.finalization->statement;
  return said.kind == VoteKind::finalize &&
         final == BlockRef{.view = said.view, .height = said.height, .block = said.block};
}

template <class T>
std::expected<Verified<T>, TraceRefusal> read_item(std::string_view item, Config const& config,
                                                   T (TraceFields::*read)()) {
  TraceFields fields{item};
  auto claim = (fields.*read)();
  if (!fields.good()) return refuse(TraceRefusal::misspelt);
  return attested(config, std::move(claim));
}

std::expected<Recovered, TraceRefusal> read_recovered(TraceFields& fields, Config const& config) {
  auto recovered = Recovered{.final = fields.block_in("final"),
                             .finalization = std::nullopt,
                             .committed_height = Height{fields.number("committed")},
                             .committed_block = fields.bytes<BlockHash>("block"),
                             .block_interval_ms = fields.number("interval_ms"),
                             .grounds = {},
                             .own_votes = {}};
  auto const finalizations = fields.items("finalization");
  auto const grounds = fields.items("grounds");
  auto const votes = fields.items("votes");
  if (!fields.good() || finalizations.size() > 1) return refuse(TraceRefusal::misspelt);
  for (auto const item : finalizations) {
    TRY(finalization, read_item(item, config, &TraceFields::certificate));
    recovered.finalization = *finalization;
  }
  for (auto const item : grounds) {
    TRY(ground, read_item(item, config, &TraceFields::certificate));
    recovered.grounds.push_back(ground);
  }
  for (auto const item : votes) {
    TRY(vote, read_item(item, config, &TraceFields::vote));
    if (vote->voter != config.self) return refuse(TraceRefusal::impossible_start);
    recovered.own_votes.push_back(vote);
  }
  if (!possible(config, recovered)) return refuse(TraceRefusal::impossible_start);
  return recovered;
}

std::expected<Start, TraceRefusal> read_start(std::string_view text) {
  TraceFields fields{text};
  TRY(config, read_config(fields));
  TRY(recovered, read_recovered(fields, config));
  return Start{.config = std::move(config), .recovered = std::move(recovered)};
}

// What was not understood, or was left over, is not in the description.
template <class T>
std::expected<TraceLine, TraceRefusal> faithful(std::string_view line,
                                                std::expected<T, TraceRefusal> read) {
  if (!read) return refuse(read.error());
  if (describe(*read) != line) return refuse(TraceRefusal::misspelt);
  return *std::move(read);
}

}  // namespace

std::string_view explain(TraceRefusal refusal) {
  switch (refusal) {
    case TraceRefusal::unknown_kind:
      return "it is no line of a trace that this version knows: replay with the version that "
             "wrote it";
    case TraceRefusal::misspelt:
      return "a field is missing, unknown or not of its kind: the line is cut off, or of another "
             "version";
    case TraceRefusal::before_start:
      return "nothing says what it follows on: a replay begins with a line of `start`";
    case TraceRefusal::impossible_start:
      return "no validator starts from this: keys, final block, journal and index do not fit";
    case TraceRefusal::impossible_claim:
      return "no node takes such a vote, proposal or certificate in this epoch";
    case TraceRefusal::unknown_peer:
      return "the set has no validator with this index";
    case TraceRefusal::not_the_cores:
      return "this timer is none of the core's";
  }
  UNREACHABLE();
}

std::expected<TraceLine, TraceRefusal> read_trace(std::string_view line, Config const* config) {
  constexpr std::string_view start = "start ";
  constexpr std::string_view in = "in ";
  constexpr std::string_view out = "out ";
  if (line.starts_with(start)) return faithful(line, read_start(line.substr(start.size())));
  if (!line.starts_with(in) && !line.starts_with(out)) return refuse(TraceRefusal::unknown_kind);
  if (config == nullptr) return refuse(TraceRefusal::before_start);
  if (line.starts_with(out)) return TracedOutput{std::string{line}};
  return faithful(line, read_input(line.substr(in.size()), *config));
}

}  // namespace consensus
