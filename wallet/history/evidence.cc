#include "wallet/history/evidence.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>
#include <vector>

#include "protocol/crypto/list.h"
#include "protocol/limits.h"
#include "protocol/work/feedback.h"
#include "wallet/light/epochs.h"
#include "wallet/light/final_header.h"
#include "wallet/light/verify.h"

namespace wallet {

namespace {

using labor::v1::Feedback;
using labor::v1::HistoryEvidence;
using labor::v1::Record;
using protocol::Address;

// By height.
using Blocks = std::map<std::uint64_t, FinalHeader>;

std::unexpected<Problem> bad_evidence(std::string const& message) {
  return unverified("BAD_EVIDENCE", message);
}

Result<Address> address_in(std::string const& bytes) {
  auto const address = Address::from(bytes);
  if (!address) return bad_evidence("an address in it has the wrong size.");
  return *address;
}

// A number of changes is not bounded but by the file's size: each must be signed.
Result<void> follow(Trust& trust, HistoryEvidence const& evidence) {
  protocol::Epoch epoch{0};
  for (auto change : evidence.epochs()) {
    auto& next = *change.mutable_next_set();
    if (next.validators().empty()) {
      *next.mutable_validators() = trust.find(epoch)->set.validators();
    }
    TRY_VOID(take_change(trust, epoch, change));
    epoch = epoch.next();
  }
  return {};
}

Result<Blocks> check_blocks(Trust const& trust, HistoryEvidence const& evidence) {
  if (evidence.blocks_size() > evidence_blocks_max) return bad_evidence("it has too many blocks.");
  Blocks blocks;
  std::uint64_t last = 0;
  for (auto const& proof : evidence.blocks()) {
    TRY(header, header_of(trust.chain(), proof.header()));
    if (header.height() <= last) return bad_evidence("its blocks are not in order.");
    last = header.height();
    TRY(block, verify_finality(trust, proof, protocol::Height{last}));
    blocks.emplace(last, std::move(block));
  }
  return blocks;
}

Result<FinalHeader const*> block_at(Blocks const& blocks, std::uint64_t height) {
  auto const found = blocks.find(height);
  if (found == blocks.end()) return bad_evidence("it lacks a block that it speaks of.");
  return &found->second;
}

// At most one of each kind, but for handles: of each side one.
struct Records {
  std::optional<labor::v1::Account> account;
  std::optional<labor::v1::Contract> contract;
  std::optional<labor::v1::Job> job;
  std::optional<Feedback> feedback;
  std::vector<labor::v1::Handle> handles;
  FinalHeader const* oldest = nullptr;

  bool take(Record const& record) {
    switch (record.record_case()) {
      case Record::kAccount:
        return !std::exchange(account, record.account());
      case Record::kContract:
        return !std::exchange(contract, record.contract());
      case Record::kJob:
        return !std::exchange(job, record.job());
      case Record::kFeedback:
        return !std::exchange(feedback, record.feedback());
      case Record::kHandle:
        handles.push_back(record.handle());
        return handles.size() <= 2;
      default:
        return false;
    }
  }
};

Result<Records> check_records(Blocks const& blocks, HistoryEvidence const& evidence) {
  if (evidence.records_size() > evidence_records_max) {
    return bad_evidence("it has too many records.");
  }
  Records records;
  for (auto const& row : evidence.records()) {
    TRY(block, block_at(blocks, row.proof().height()));
    TRY_VOID(verify_record(*block, row.record(), row.record(), row.proof()));
    if (!records.take(row.record())) return bad_evidence("it has a record too many.");
    bool const older =
        records.oldest == nullptr || block->header.height() < records.oldest->header.height();
    if (older) records.oldest = block;
  }
  return records;
}

// The commitment that the receipt is of.
Result<Feedback> check_receipt(Blocks const& blocks, labor::v1::HistoryReceipt const& shown) {
  TRY(block, block_at(blocks, shown.height()));
  std::vector<protocol::Hash> path;
  for (auto const& bytes : shown.path()) {
    auto const hash = protocol::Hash::from(bytes);
    if (!hash) return bad_evidence("a hash in it has the wrong size.");
    path.push_back(*hash);
  }
  auto const root = crypto::root_of_path(receipt_hash(shown.receipt()),
                                         {.index = shown.index(), .count = shown.count()}, path);
  // The last place is that of the block's own events.
  bool const placed = root && shown.index() + 1 < shown.count();
  if (!placed || root->chars() != block->header.receipts_root()) {
    return unverified("WRONG_RECEIPTS", "the receipt is not in the block.");
  }
  if (shown.receipt().status() != labor::v1::TX_STATUS_OK) {
    return bad_evidence("the receipt is of something that failed.");
  }
  for (auto const& event : shown.receipt().events()) {
    auto const& change = event.record_changed();
    bool const commits = change.cause() == "feedback.commit" && change.record().has_feedback();
    if (commits) return change.record().feedback();
  }
  return bad_evidence("the receipt is of no feedback.");
}

Result<void> take_contract(labor::v1::Contract const& contract,
                           std::optional<labor::v1::Job> const& job, Engagement& shown) {
  if (contract.state() != labor::v1::CONTRACT_STATE_ENDED) {
    return unverified("CONTRACT_NOT_ENDED", "the contract had not ended.");
  }
  TRY(client, address_in(contract.client()));
  TRY(talent, address_in(contract.talent()));
  shown.contract = contract.id();
  shown.client = client;
  shown.talent = talent;
  shown.ended_at_ms = contract.ended_at_ms();
  shown.terms = contract;
  if (job && job->id() != contract.job()) {
    return bad_evidence("the job is not that of the contract.");
  }
  shown.job = job;
  return {};
}

Result<void> take_commitment(Feedback const& commitment, Engagement& shown) {
  TRY(author, address_in(commitment.author()));
  TRY(subject, address_in(commitment.subject()));
  bool const by_client = commitment.side() == labor::v1::CONTRACT_SIDE_CLIENT;
  shown.contract = commitment.contract();
  shown.client = by_client ? author : subject;
  shown.talent = by_client ? subject : author;
  // As it was committed: 14 days from the end.
  shown.ended_at_ms = commitment.reveal_from_ms() - protocol::limits::feedback_window_ms;
  return {};
}

Result<void> find_role(Engagement& shown) {
  auto const account = shown.account();
  auto const member = [&](labor::v1::TeamShare const& share) {
    return share.account() == account.chars();
  };
  if (account == shown.client) {
    shown.role = Role::client;
  } else if (account == shown.talent) {
    shown.role = Role::talent;
  } else if (shown.terms && std::ranges::any_of(shown.terms->frozen().team(), member)) {
    shown.role = Role::team_member;
  } else {
    return unverified("NOT_A_SIDE", "the holder's account is no side of the contract.");
  }
  return {};
}

Result<void> take_feedback(Feedback const& feedback, Engagement& shown) {
  bool const of_holder =
      feedback.contract() == shown.contract && feedback.subject() == shown.side().chars();
  if (!of_holder || feedback.state() != labor::v1::FEEDBACK_STATE_SHOWN) {
    return bad_evidence("the feedback is not one that is shown of the holder.");
  }
  shown.rating = feedback.content();
  return {};
}

Result<void> open_commitment(Feedback const& commitment, labor::v1::HistoryRating const& rating,
                             Engagement& shown) {
  TRY(author, address_in(commitment.author()));
  auto const salt = protocol::Hash::from(rating.salt());
  bool const opens =
      salt &&
      work::feedback_commitment(commitment.contract(), author, *salt, rating.content()).chars() ==
          commitment.commitment();
  if (!opens || commitment.subject() != shown.side().chars()) {
    return unverified("WRONG_RATING", "the rating is not what was committed of the holder.");
  }
  shown.rating = rating.content();
  return {};
}

Result<void> take_handles(Records const& records, Engagement& shown) {
  for (auto const& handle : records.handles) {
    if (handle.owner() == shown.client.chars()) {
      shown.client_handle = handle.handle();
    } else if (handle.owner() == shown.talent.chars()) {
      shown.talent_handle = handle.handle();
    } else {
      return bad_evidence("a handle in it is of neither side.");
    }
  }
  return {};
}

}  // namespace

Address Engagement::account() const {
  return Address::from(holder.address()).value_or(Address{});
}

Result<Engagement> check_evidence(Trust trust, HistoryEvidence const& evidence) {
  TRY_VOID(follow(trust, evidence));
  TRY(blocks, check_blocks(trust, evidence));
  TRY(records, check_records(blocks, evidence));
  if (!records.account) return bad_evidence("it does not show whose it is.");
  Engagement shown;
  shown.holder = *records.account;
  shown.as_of = records.oldest->time();
  shown.height = records.oldest->header.height();
  if (records.contract.has_value() == evidence.has_receipt()) {
    return bad_evidence("it shows no contract, or shows it twice.");
  }
  if (records.contract) {
    if (evidence.has_rating()) return bad_evidence("it has a rating of nothing.");
    TRY_VOID(take_contract(*records.contract, records.job, shown));
    TRY_VOID(find_role(shown));
    if (records.feedback) TRY_VOID(take_feedback(*records.feedback, shown));
  } else {
    if (records.job || records.feedback) return bad_evidence("it has a record too many.");
    TRY(commitment, check_receipt(blocks, evidence.receipt()));
    TRY_VOID(take_commitment(commitment, shown));
    TRY_VOID(find_role(shown));
    if (evidence.has_rating()) TRY_VOID(open_commitment(commitment, evidence.rating(), shown));
  }
  TRY_VOID(take_handles(records, shown));
  return shown;
}

}  // namespace wallet
