#include "consensus/shell/trace.h"

#include "consensus/shell/trace_names.h"
#include "protocol/base/hex.h"

namespace consensus {
namespace {

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

template <class T, std::size_t n>
std::string name(trace_names::Names<T, n> const& names, T value) {
  return std::string{trace_names::name_of(names, value)};
}

std::string hash(BlockHash const& block) {
  return base::hex(block.view());
}

std::string members(SignerSet const& set) {
  std::string out;
  for (auto const member : set.members()) {
    if (!out.empty()) out += ',';
    out += number(member.value());
  }
  return out;
}

std::string fields(Statement const& said) {
  auto out = "e=" + number(said.epoch.value()) + " v=" + number(said.view.value()) +
             " kind=" + name(trace_names::vote_kinds, said.kind);
  if (said.kind == VoteKind::nullify) return out;
  return out + " p=" + number(said.parent_view.value()) + " h=" + number(said.height.value()) +
         " block=" + hash(said.block);
}

std::string fields(Vote const& vote) {
  return fields(vote.statement) + " voter=" + number(vote.voter.value());
}

std::string fields(Certificate const& certificate) {
  return fields(certificate.statement) + " signers=" + members(certificate.signers);
}

std::string fields(BlockRef const& block) {
  return "v=" + number(block.view.value()) + " h=" + number(block.height.value()) +
         " block=" + hash(block.block);
}

std::string fields(TimerId timer) {
  return name(trace_names::timer_kinds, timer.kind) + "/" + number(timer.view.value());
}

std::string flag(bool value) {
  return value ? "1" : "0";
}

// One overload per alternative, as in the core.
struct Describe {
  std::string operator()(Started const&) const { return "started"; }
  std::string operator()(Verified<Proposal> const& in) const {
    return "proposal " + fields(in->vote.statement) + " parent=" + hash(in->parent_hash) +
           " proposer=" + number(in->proposer.value()) + " boundary=" + flag(in->boundary) +
           " form=" + name(trace_names::forms, in->form) +
           " voter=" + number(in->vote.voter.value());
  }
  std::string operator()(Verified<Vote> const& in) const { return "vote " + fields(*in); }
  std::string operator()(Verified<Certificate> const& in) const {
    return "certificate " + fields(*in);
  }
  std::string operator()(TimerFired const& in) const { return "timer " + fields(in.timer); }
  std::string operator()(Built const& in) const {
    return "built e=" + number(in.epoch.value()) + " v=" + number(in.view.value()) +
           " block=" + (in.block ? hash(*in.block) : "none") + " parent=[" + fields(in.parent) +
           "]";
  }
  std::string operator()(Executed const& in) const {
    return "executed e=" + number(in.epoch.value()) + " v=" + number(in.view.value()) +
           " block=" + hash(in.block) + " verdict=" + name(trace_names::verdicts, in.verdict);
  }
  std::string operator()(BodyHeld const& in) const { return "body_held block=" + hash(in.block); }
  std::string operator()(BodyDurable const& in) const {
    return "body_durable block=" + hash(in.block);
  }
  std::string operator()(Committed const& in) const {
    return "committed h=" + number(in.height.value()) + " block=" + hash(in.block) +
           " interval_ms=" + number(in.block_interval_ms);
  }
  std::string operator()(Work const& in) const {
    return "work transactions=" + flag(in.transactions) + " due=" + flag(in.due);
  }
  std::string operator()(Heard const& in) const {
    return "heard peer=" + number(in.peer.value()) + (in.certificate ? " certificate " : " vote ") +
           fields(in.statement);
  }
  std::string operator()(Connected const& in) const {
    return "connected peer=" + number(in.peer.value());
  }
  std::string operator()(Asked const& in) const {
    return "asked peer=" + number(in.peer.value()) + " e=" + number(in.epoch.value()) +
           " v=" + number(in.view.value());
  }

  std::string operator()(OwnVote const& out) const { return "vote " + fields(out.statement); }
  std::string operator()(OwnProposal const& out) const {
    return "proposal " + fields(out.statement) + " certificates=" + number(out.certificates.size());
  }
  std::string operator()(ProposalAgain const& out) const {
    return "proposal again " + fields(out.vote.statement);
  }
  std::string operator()(Vote const& out) const { return "again " + fields(out.statement); }
  std::string operator()(Certificate const& out) const {
    return "certificate " + fields(out.statement);
  }

  std::string operator()(FetchView const& out) const {
    return "fetch_view v=" + number(out.view.value()) + " from=" + number(out.from.value());
  }
  std::string operator()(FetchBody const& out) const {
    return "fetch_body block=" + hash(out.block) + " from=" + number(out.from.value());
  }
  std::string operator()(Build const& out) const {
    return "build e=" + number(out.epoch.value()) + " v=" + number(out.view.value()) +
           " empty=" + flag(out.empty_allowed) + " bytes=" + number(out.bytes_max) + " parent=[" +
           fields(out.parent) + "]";
  }
  std::string operator()(Execute const& out) const {
    return "execute v=" + number(out.view.value()) + " block=" + hash(out.block) +
           " parent=" + hash(out.parent);
  }
  std::string operator()(StoreBody const& out) const { return "store block=" + hash(out.block); }
  std::string operator()(GossipAgain const&) const { return "gossip_again"; }
  std::string operator()(Diverged const& out) const { return "diverged " + fields(out.block); }
};

std::string group(std::string_view title, std::string const& items) {
  return items.empty() ? "" : " " + std::string{title} + "=[" + items + "]";
}

void add(std::string& items, std::string const& item) {
  if (!items.empty()) items += "; ";
  items += item;
}

}  // namespace

std::string describe(Start const& start) {
  auto const& [config, recovered] = start;
  auto const& timing = config.timing;
  std::string keys;
  for (std::size_t i = 0; i < config.validators.size(); ++i) {
    auto const& key = config.validators.key(ValidatorIndex{static_cast<std::uint8_t>(i)});
    add(keys, base::hex(key.view()));
  }
  std::string grounds;
  std::string votes;
  for (auto const& ground : recovered.grounds) add(grounds, fields(*ground));
  for (auto const& vote : recovered.own_votes) add(votes, fields(*vote));
  auto const& finalization = recovered.finalization;
  return "start e=" + number(config.epoch.value()) +
         " self=" + (config.self ? number(config.self->value()) : "none") +
         " delta_ms=" + number(timing.delta_ms) + " retry_ms=" + number(timing.retry_ms) +
         " standstill_ms=" + number(timing.standstill_ms) +
         " answer_ms=" + number(timing.answer_ms) + " due_grace_ms=" + number(timing.due_grace_ms) +
         group("validators", keys) + group("root", fields(config.root)) +
         group("final", fields(recovered.final)) +
         group("finalization", finalization ? fields(*finalization) : "") +
         " committed=" + number(recovered.committed_height.value()) +
         " block=" + hash(recovered.committed_block) +
         " interval_ms=" + number(recovered.block_interval_ms) + group("grounds", grounds) +
         group("votes", votes);
}

std::string describe(Input const& input) {
  return "in " + std::visit(Describe{}, input);
}

std::string describe(Output const& output) {
  std::string grounds;
  std::string writes;
  std::string sends;
  std::string timers;
  std::string wants;
  std::string commits;
  for (auto const& certificate : output.grounds) add(grounds, fields(certificate.statement));
  for (auto const& statement : output.write) add(writes, fields(statement));
  for (auto const& [to, speech] : output.send) {
    add(sends, std::visit(Describe{}, speech) + " to=" + members(to));
  }
  for (auto const& order : output.timers) {
    auto const armed = order.act == TimerOrder::Act::arm;
    add(timers, (armed ? "" : "cancel ") + fields(order.timer) +
                    (armed ? "+" + number(order.delay_ms) : ""));
  }
  for (auto const& want : output.want) add(wants, std::visit(Describe{}, want));
  for (auto const& finalization : output.commit) add(commits, fields(finalization.statement));
  return "out" + group("grounds", grounds) + group("write", writes) + group("send", sends) +
         group("timers", timers) + group("want", wants) + group("commit", commits);
}

}  // namespace consensus
