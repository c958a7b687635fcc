// The mutant takes q - 1 equal votes for a certificate. It makes the missing signature up and
// keeps such certificates to itself; every node that carries the fault comes to the same of its
// own.

#include <map>
#include <set>
#include <utility>

#include "consensus/certificate/attestation.h"
#include "tests/sim/forwarding_journal.h"
#include "tests/sim/mutants/mutants.h"
#include "tests/sim/network_deviation.h"

namespace sim {
namespace {

constexpr consensus::Signature made_up{};

bool is_made_up(consensus::Certificate const& certificate) {
  for (auto const& signature : certificate.signatures) {
    if (signature == made_up) return true;
  }
  return false;
}

class QuorumMinusOne final : public NetworkDeviation, private ForwardingJournal {
 public:
  explicit QuorumMinusOne(DeviationContext context)
      : NetworkDeviation{std::move(context)}, ForwardingJournal{context_.journal} {}

  consensus::Journal& journal(consensus::Journal&) override { return *this; }

  void after_turn() override {
    bool any = false;
    for (auto const& [view, round] : context_.runner().state().rounds) {
      for (auto const& [statement, votes] : by_statement(round)) {
        if (votes.size() + 1 != context_.committee.validators.quorum()) continue;
        if (!taken_.insert(statement).second) continue;
        auto const from = others(context_.committee, context_.self).members().front();
        context_.runner().received(from, consensus::Attestation::of(make_up(statement, votes)));
        any = true;
      }
    }
    if (any) context_.events.after(0, context_.turn);
  }

 private:
  using NetworkDeviation::send;
  using Votes = std::map<consensus::ValidatorIndex, consensus::Signature>;

  static std::map<consensus::Statement, Votes> by_statement(consensus::Round const& round) {
    std::map<consensus::Statement, Votes> counted;
    for (auto const& [voter, ballots] : round.votes) {
      for (auto const& vote : {ballots.notarize, ballots.nullify, ballots.finalize}) {
        if (vote) counted[vote->statement].emplace(voter, vote->signature);
      }
    }
    return counted;
  }

  consensus::Certificate make_up(consensus::Statement const& statement, Votes votes) const {
    for (auto const member :
         consensus::SignerSet::first(context_.committee.validators.size()).members()) {
      if (votes.size() == context_.committee.validators.quorum()) break;
      votes.emplace(member, made_up);
    }
    consensus::Certificate certificate{.statement = statement, .signers = {}, .signatures = {}};
    for (auto const& [voter, signature] : votes) {
      certificate.signers.insert(voter);
      certificate.signatures.push_back(signature);
    }
    return certificate;
  }

  void send(consensus::SignerSet to, consensus::ProposalMessage const& proposal) override {
    auto honest = proposal;
    std::erase_if(honest.certificates, is_made_up);
    context_.network.send(to, honest);
  }
  void send(consensus::SignerSet to, consensus::Certificate const& certificate) override {
    if (!is_made_up(certificate)) context_.network.send(to, certificate);
  }

  std::expected<void, consensus::DiskFailure> append_and_sync(
      consensus::JournalEntry const& entry) override {
    auto honest = entry;
    std::erase_if(honest.grounds, is_made_up);
    return ForwardingJournal::append_and_sync(honest);
  }

  std::set<consensus::Statement> taken_;
};

}  // namespace

std::unique_ptr<Deviation> make_quorum_minus_one(DeviationContext context) {
  return std::make_unique<QuorumMinusOne>(std::move(context));
}

}  // namespace sim
