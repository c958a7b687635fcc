#include "consensus/shell/trace.h"

#include "protocol/base/check.h"
#include "protocol/base/hex.h"

namespace consensus {
namespace {

std::string number(std::uint64_t value) {
  return std::to_string(value);
}

std::string name(VoteKind kind) {
  switch (kind) {
    case VoteKind::notarize:
      return "notarize";
    case VoteKind::nullify:
      return "nullify";
    case VoteKind::finalize:
      return "finalize";
  }
  UNREACHABLE();
}

std::string name(TimerKind kind) {
  switch (kind) {
    case TimerKind::leader:
      return "leader";
    case TimerKind::advance:
      return "advance";
    case TimerKind::retry:
      return "retry";
    case TimerKind::settle:
      return "settle";
    case TimerKind::fetch:
      return "fetch";
    case TimerKind::standstill:
      return "standstill";
    case TimerKind::answer:
      return "answer";
    case TimerKind::hold:
      return "hold";
    case TimerKind::catch_up:
      return "catch_up";
  }
  UNREACHABLE();
}

std::string name(Verdict verdict) {
  switch (verdict) {
    case Verdict::valid:
      return "valid";
    case Verdict::invalid:
      return "invalid";
    case Verdict::abandoned:
      return "abandoned";
  }
  UNREACHABLE();
}

std::string name(Proposal::Form form) {
  switch (form) {
    case Proposal::Form::sound:
      return "sound";
    case Proposal::Form::stale:
      return "stale";
    case Proposal::Form::malformed:
      return "malformed";
  }
  UNREACHABLE();
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
             " kind=" + name(said.kind);
  if (said.kind == VoteKind::nullify) return out;
  return out + " p=" + number(said.parent_view.value()) + " h=" + number(said.height.value()) +
         " block=" + hash(said.block);
}

std::string fields(BlockRef const& block) {
  return "v=" + number(block.view.value()) + " h=" + number(block.height.value()) +
         " block=" + hash(block.block);
}

std::string fields(TimerId timer) {
  return name(timer.kind) + "/" + number(timer.view.value());
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
           " form=" + name(in->form) + " voter=" + number(in->vote.voter.value());
  }
  std::string operator()(Verified<Vote> const& in) const {
    return "vote " + fields(in->statement) + " voter=" + number(in->voter.value());
  }
  std::string operator()(Verified<Certificate> const& in) const {
    return "certificate " + fields(in->statement) + " signers=" + members(in->signers);
  }
  std::string operator()(TimerFired const& in) const { return "timer " + fields(in.timer); }
  std::string operator()(Built const& in) const {
    return "built e=" + number(in.epoch.value()) + " v=" + number(in.view.value()) +
           " block=" + (in.block ? hash(*in.block) : "none") + " parent=[" + fields(in.parent) +
           "]";
  }
  std::string operator()(Executed const& in) const {
    return "executed e=" + number(in.epoch.value()) + " v=" + number(in.view.value()) +
           " block=" + hash(in.block) + " verdict=" + name(in.verdict);
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
