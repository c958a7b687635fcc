#include "protocol/execution/failure.h"

#include <algorithm>
#include <iterator>

#include "protocol/base/check.h"

namespace execution {

using namespace labor::v1;  // This file names every status.

std::string reason_of(TxStatus status) {
  static constexpr std::string_view prefix = "TX_STATUS_";
  auto const& name = TxStatus_Name(status);
  CHECK(name.starts_with(prefix));  // Only numbers that the schema names are ever made.
  return name.substr(prefix.size());
}

namespace {

struct Sentence {
  TxStatus status{};
  std::string_view text;
};

// In the order of status.proto.
// clang-format off
constexpr Sentence sentences[] = {
  {TX_STATUS_UNSPECIFIED, "no outcome was recorded"},
  {TX_STATUS_OK, "done"},
  {TX_STATUS_TOO_LARGE, "the transaction is larger than a block takes: split it"},
  {TX_STATUS_NON_CANONICAL,
   "the bytes are not the one canonical encoding: sign with a current wallet"},
  {TX_STATUS_WRONG_CHAIN, "signed for another chain: compare the chain id with the network's"},
  {TX_STATUS_MALFORMED, "a field has the wrong length, or a message is empty or unknown"},
  {TX_STATUS_NO_MESSAGES, "the transaction asks for nothing: add a message"},
  {TX_STATUS_TOO_MANY_MESSAGES, "more messages than one transaction may hold: split it"},
  {TX_STATUS_TOO_MANY_SIGNATURES, "more signatures than one transaction may hold"},
  {TX_STATUS_SIGNATURES_NOT_SORTED, "signatures must ascend by public key, no key twice"},
  {TX_STATUS_BAD_SIGNATURE, "a signature does not match the body, the key and this chain"},
  {TX_STATUS_EXPIRED, "its time is over and it will never be included: sign it again"},
  {TX_STATUS_VALID_TOO_LONG, "valid for longer than the chain allows: choose an earlier end"},
  {TX_STATUS_ACCOUNT_NOT_FOUND,
   "nothing is known of this account: receive LBR, find a sponsor or name a fee payer"},
  {TX_STATUS_NOT_AUTHORIZED,
   "signed by a key that is not this account's, or by somebody who has no part in it"},
  {TX_STATUS_FEE_PAYER_NOT_SIGNED, "the fee payer must sign as well"},
  {TX_STATUS_SEQUENCE_MISMATCH,
   "not the next transaction of this account: fetch its sequence and sign again"},
  {TX_STATUS_FEE_LIMIT_TOO_LOW,
   "the allowance is used up and the fee is above the limit: raise it or wait"},
  {TX_STATUS_FEE_NOT_COVERED,
   "the allowance is used up and the payer has too little LBR: wait or top up"},
  {TX_STATUS_INTERNAL,
   "the chain refused its own result and undid it: nothing happened, please report it"},
  {TX_STATUS_INVALID_AMOUNT, "the amount must be at least 1 minor unit"},
  {TX_STATUS_INVALID_ADDRESS, "an address is 32 bytes"},
  {TX_STATUS_INVALID_ASSET, "the chain knows no such asset, or it cannot be used here"},
  {TX_STATUS_INVALID_HASH, "a hash is 32 bytes"},
  {TX_STATUS_TEXT_TOO_LONG,
   "the text is longer than the chain keeps: shorten it and publish the rest"},
  {TX_STATUS_TEXT_MISSING, "a text that others need to read is empty"},
  {TX_STATUS_INVALID_TIME, "the time is past or out of range"},
  {TX_STATUS_DEADLINE_PASSED, "too late: the deadline is over and the block has decided or will"},
  {TX_STATUS_AMOUNT_OVERFLOW, "the sum is larger than an amount can be"},
  {TX_STATUS_WRONG_STATE, "not possible in the state it is in now: look at it again"},
  {TX_STATUS_SAME_ACCOUNT, "both sides are the same account"},
  {TX_STATUS_INSUFFICIENT_BALANCE, "the free balance is too small"},
  {TX_STATUS_NOT_A_MEMBER, "only members may do this: complete a contract first"},
  {TX_STATUS_ALREADY_SPONSORED, "somebody sponsors this account already"},
  {TX_STATUS_TOO_MANY_SPONSORED,
   "you sponsor as many newcomers as one may: wait until one has a paid contract"},
  {TX_STATUS_LOCK_NOT_FOUND, "there is no such lock"},
  {TX_STATUS_NOT_YOUR_LOCK, "the lock belongs to another account"},
  {TX_STATUS_LOCK_NOT_OVER, "the lock's time is not over"},
  {TX_STATUS_LOCK_TOO_LONG, "nobody may lock for so long: choose an earlier day"},
  {TX_STATUS_TOO_MANY_LOCKS, "you hold as many locks as one may: wait until one ends"},
  {TX_STATUS_NOT_A_NEWCOMER, "the account is a member and has an allowance of its own"},
  {TX_STATUS_INVALID_HANDLE, "a handle is 3 to 20 of a-z, 0-9 and _"},
  {TX_STATUS_INVALID_PROFILE_KIND, "a profile is a person's, a team's or an agent's"},
  {TX_STATUS_TOO_MANY_SKILLS, "more skills than a profile or job may list"},
  {TX_STATUS_INVALID_SKILL, "a skill needs an ESCO URI, once, and a level from 1 to 5"},
  {TX_STATUS_INVALID_HOURS, "a week has 168 hours"},
  {TX_STATUS_TOO_MANY_LINKS, "more links than a profile may list"},
  {TX_STATUS_INVALID_LINK, "a link is a URL without spaces"},
  {TX_STATUS_PROFILE_NOT_FOUND, "there is no such profile: create one"},
  {TX_STATUS_COMMITMENT_NOT_FOUND, "commit to the handle first"},
  {TX_STATUS_PROFILE_EXISTS, "you have a profile already: edit it"},
  {TX_STATUS_PROFILE_NOT_ACTIVE, "the profile is not active: publish or resume it"},
  {TX_STATUS_HANDLE_EXISTS, "you have a handle already"},
  {TX_STATUS_COMMITMENT_TOO_YOUNG, "claim a minute after the commitment, not sooner"},
  {TX_STATUS_COMMITMENT_TOO_OLD, "the commitment is older than a day: commit again"},
  {TX_STATUS_COMMITMENT_MISMATCH, "handle and salt are not what was committed to"},
  {TX_STATUS_HANDLE_TAKEN, "the handle belongs to somebody"},
  {TX_STATUS_HANDLE_RESERVED, "the handle was released lately and is reserved for a year"},
  {TX_STATUS_INVALID_BUDGET, "the budget's least is above its most, or both are 0"},
  {TX_STATUS_INVALID_TERMS, "the terms are incomplete"},
  {TX_STATUS_TOO_MANY_MILESTONES, "more milestones than a contract may have"},
  {TX_STATUS_AMOUNT_TOO_SMALL, "the amount is below the least that a milestone may have"},
  {TX_STATUS_INVALID_DUE_DAYS, "due is 1 to 365 days after funding"},
  {TX_STATUS_INVALID_RATING, "a rating is 1 to 5 on each of the four scales"},
  {TX_STATUS_JOB_NOT_FOUND, "there is no such job"},
  {TX_STATUS_PROPOSAL_NOT_FOUND, "there is no such proposal"},
  {TX_STATUS_OFFER_NOT_FOUND, "there is no such offer"},
  {TX_STATUS_CONTRACT_NOT_FOUND, "there is no such contract"},
  {TX_STATUS_MILESTONE_NOT_FOUND, "the contract has no such milestone"},
  {TX_STATUS_FEEDBACK_NOT_FOUND, "there is no such feedback"},
  {TX_STATUS_OWN_JOB, "this is your own job"},
  {TX_STATUS_OWN_OFFER, "both sides of an offer would be you"},
  {TX_STATUS_NOT_YOUR_JOB, "the job belongs to another account"},
  {TX_STATUS_NOT_YOUR_PROPOSAL, "the proposal belongs to another account"},
  {TX_STATUS_NOT_YOUR_OFFER, "you are neither client nor talent of this offer"},
  {TX_STATUS_NOT_YOUR_CONTRACT, "you are not the side of this contract that may do this"},
  {TX_STATUS_NOT_YOUR_TURN, "this is your own: the other side has to answer it"},
  {TX_STATUS_JOB_NOT_OPEN, "the job is filled, closed or expired"},
  {TX_STATUS_CONTRACT_NOT_ACTIVE, "the contract is ending or ended"},
  {TX_STATUS_MILESTONE_NOT_FUNDED, "no money is locked in this milestone"},
  {TX_STATUS_FEEDBACK_GIVEN, "this side's feedback is not in a state in which this may be done"},
  {TX_STATUS_CONTRACT_NOT_ENDED, "feedback is given once the contract has ended"},
  {TX_STATUS_NOTHING_TO_RATE, "nothing was delivered or paid in this contract"},
  {TX_STATUS_FEEDBACK_BLIND, "the other side has not committed: commit first, and reveal later"},
  {TX_STATUS_FEEDBACK_NOT_BLIND, "the other side has committed: post yours in clear"},
  {TX_STATUS_FEEDBACK_TOO_EARLY,
   "the other side may still speak, and must not hear you before: wait until then"},
  {TX_STATUS_FEEDBACK_MISMATCH, "salt or content are not those that were committed to"},
  {TX_STATUS_FEEDBACK_ANSWERED, "one reply to feedback"},
  {TX_STATUS_TERMS_CHANGED,
   "the offer has another version or other terms than you signed: read it again"},
  {TX_STATUS_ALREADY_PROPOSED, "you have a proposal to this job already"},
  {TX_STATUS_TOO_MANY_OPEN_JOBS, "you have as many open jobs as one may: close one"},
  {TX_STATUS_TOO_MANY_PROPOSALS,
   "you have as many open proposals as one may: withdraw one or wait for an answer"},
  {TX_STATUS_TOO_MANY_OPEN_OFFERS, "you have as many open offers as one may: withdraw one"},
  {TX_STATUS_TOO_MANY_COUNTERS,
   "the offer was countered as often as one may: accept, decline or start again"},
  {TX_STATUS_TOO_MANY_CONTRACTS, "one side has as many contracts as one may: end one"},
  {TX_STATUS_TOO_MANY_CHANGE_REQUESTS,
   "changes were asked for as often as one may: accept, release or dispute"},
  {TX_STATUS_REFUND_ALREADY_ASKED, "a refund is asked for already"},
  {TX_STATUS_REFUND_TOO_SOON, "one refund request in 30 days"},
  {TX_STATUS_REFUND_NOT_ASKED, "no refund is asked for"},
  {TX_STATUS_RELEASE_TOO_LARGE, "more than is locked"},
  {TX_STATUS_SPLIT_TOO_LARGE, "more for the talent than is locked"},
  {TX_STATUS_SPLIT_NOT_OFFERED, "no split is offered that you could answer or withdraw"},
  {TX_STATUS_SPLIT_CHANGED, "another split is offered than the one you agree to: read it again"},
  {TX_STATUS_BONUS_TOO_LATE, "a bonus is paid within a year of the contract's end"},
  {TX_STATUS_AMENDMENT_NOT_OFFERED, "no amendment is offered that you could answer or withdraw"},
  {TX_STATUS_AMENDMENT_CHANGED,
   "another amendment is offered than the one you agree to: read it again"},
  {TX_STATUS_MILESTONE_NOT_AMENDABLE,
   "planned milestones change in anything, funded ones get more money or days, others nothing"},
  {TX_STATUS_BALLOT_NOT_FOUND, "there is no such ballot"},
  {TX_STATUS_UNKNOWN_PARAMETER, "there is no such parameter"},
  {TX_STATUS_PARAMETER_OUT_OF_BOUNDS, "beyond the hard bounds that no vote can leave"},
  {TX_STATUS_PARAMETER_TWICE, "a ballot changes a parameter once"},
  {TX_STATUS_TOO_MANY_CHANGES, "more changes than one ballot may hold"},
  {TX_STATUS_DEPOSIT_TOO_SMALL, "a share of a deposit is at least a twentieth of what is needed"},
  {TX_STATUS_NO_VOTING_WEIGHT, "none of your locks was made before the ballot and lasts beyond it"},
  {TX_STATUS_INVALID_CHOICE, "choose yes, no, veto or abstain"},
  {TX_STATUS_FEE_RISES_TOO_FAST, "the client fee rises by at most 1 point in 90 days"},
  {TX_STATUS_TOO_MANY_BALLOTS,
   "as many ballots are open as people can follow: wait until one is over"},
  {TX_STATUS_DEPOSIT_TOO_LARGE, "more than the deposit lacks"},
  {TX_STATUS_INVALID_VALIDATOR_NAME, "a validator's name is 1 to 64 bytes"},
  {TX_STATUS_INVALID_VALIDATOR_KEY, "not an Ed25519 key of 32 bytes that may be registered"},
  {TX_STATUS_INVALID_VOTE, "not the bytes of a vote: send two votes as the validator signed them"},
  {TX_STATUS_NO_OFFENCE, "an honest validator may cast both votes: they prove nothing"},
  {TX_STATUS_VALIDATOR_NOT_FOUND, "there is no such validator"},
  {TX_STATUS_EPOCH_NOT_FOUND, "the votes are of an epoch that the chain has not reached"},
  {TX_STATUS_NOT_YOUR_SEAT, "only the account that the validator has as its operator may do this"},
  {TX_STATUS_ALREADY_OFFENDED, "evidence was taken in already: the validator is being removed"},
  {TX_STATUS_SEAT_GONE, "the validator has left the set for good"},
  {TX_STATUS_VALIDATOR_TWICE, "a ballot names a validator, its name and its keys once"},
  {TX_STATUS_VALIDATOR_NAME_TAKEN, "another validator has this name"},
  {TX_STATUS_VALIDATOR_KEY_TAKEN, "a key is registered once and never again: make a new one"},
  {TX_STATUS_TOO_MANY_VALIDATORS, "as many validators have a seat or wait for one as may"},
  {TX_STATUS_BLOCK_NOT_RECENT, "not one of the last 256 blocks: let the node catch up, sign again"},
  {TX_STATUS_BAD_KEY_PROOF, "not signed by the consensus key that is to become active"},
  {TX_STATUS_BAD_VOTE_SIGNATURE, "a vote is not signed by the validator that it names"},
  {TX_STATUS_EVIDENCE_STALE,
   "the validator has given this key up: it signs no more, and nobody is removed for it"},
};
// clang-format on

}  // namespace

std::string_view explain(TxStatus status) {
  auto const* const found = std::ranges::lower_bound(sentences, status, {}, &Sentence::status);
  CHECK(found != std::end(sentences) && found->status == status);
  return found->text;
}

}  // namespace execution
