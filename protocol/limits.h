// Every bound that consensus depends on, with its unit and reason. Nothing grows without one.
// Amounts and times that a vote may change are parameters (protocol/governance), not limits.

#pragma once

#include <cstddef>
#include <cstdint>

namespace protocol::limits {

// ---- validators and certificates ----

// A permissioned committee. Index and bitmap fit a byte and 16 bytes; at 100 a certificate is
// 4.4 kB and 2.7 ms to check.
inline constexpr std::size_t validators_max = 128;
// The least that tolerates one fault.
inline constexpr std::size_t validators_min = 4;
inline constexpr std::size_t validator_name_bytes_max = 64;

// ---- transactions ----

// A job with a full summary and a handful of milestones fits four times over.
inline constexpr std::size_t transaction_bytes_max = 32u << 10;
inline constexpr std::size_t messages_per_transaction_max = 16;
// Account and fee payer, with room for a small k-of-n.
inline constexpr std::size_t signatures_per_transaction_max = 8;
// Of one account: all of them and a fee payer can sign.
inline constexpr std::size_t authority_keys_max = signatures_per_transaction_max - 1;
inline constexpr std::size_t memo_bytes_max = 256;
// A transaction is dead for good this long after it was signed, at the latest.
inline constexpr std::uint64_t valid_for_ms_max = 24ull * 60 * 60 * 1000;

// ---- allowance: what an account may do without a fee, in units (a unit is a byte of block) ----

// About 650 transfers or 80 full job posts; a member who works never comes near.
inline constexpr std::uint64_t allowance_base = 400'000;
// From empty to full in a day, whatever the cap.
inline constexpr std::uint64_t allowance_refill_ms = 24ull * 60 * 60 * 1000;
// What a sponsor lends each newcomer of its own: with ten of them it keeps half.
inline constexpr std::uint64_t allowance_lent = allowance_base / 20;
// For each whole LBR locked.
inline constexpr std::uint64_t allowance_per_lbr = 1'000;
// However much is locked: no account may fill the chain for free.
inline constexpr std::uint64_t allowance_max = 50'000'000;
// A signature costs 42 us to check, a byte 7 ns to hash and carry: in between, towards the CPU.
inline constexpr std::uint64_t signature_units = 250;
// A message that changes what is there; one that makes records the state must keep; one that may
// touch many.
inline constexpr std::uint64_t message_units = 100;
inline constexpr std::uint64_t record_units = 500;
inline constexpr std::uint64_t many_records_units = 2'000;
// A deadline writes a few records; counted in a block's work, paid by nobody.
inline constexpr std::uint64_t deadline_units = 500;

// ---- blocks ----

// One block and its certificates must fit one gRPC message.
inline constexpr std::size_t peer_message_bytes_max = 4u << 20;
inline constexpr std::size_t block_bytes_max = 2u << 20;
inline constexpr std::size_t transactions_per_block_max = 8192;
inline constexpr std::size_t certificate_bytes_max = 128 + validators_max / 8 + validators_max * 64;
// A proposal carries notarization(p) and the nullifications between; beyond this many they are
// fetched.
inline constexpr std::size_t certificates_per_proposal_max = 64;
// 271 bytes when every field has its longest encoding, and what frames it in a list.
inline constexpr std::size_t header_bytes_max = 320;
// Headers that lead from a block up to the finalization that proves it: so many blocks in a row
// that become final by a descendant alone take hours, for that many views have to fail in part.
inline constexpr std::size_t headers_per_proof_max = 4096;
// Deadlines worked off at the start of one block; the rest carry over in order. 10^4 due
// deadlines execute within 250 ms on one core.
inline constexpr std::size_t deadlines_per_block_max = 2048;
// The end of a contract drops fifty milestones in one deadline, and a draw looks at every juror: so
// what they change and look at is bounded too, at what as many payouts change.
inline constexpr std::size_t deadline_changes_per_block_max = 8 * deadlines_per_block_max;
// Keys that the transactions of a block may set or erase, successful or not, and records that they
// look at in bulk (a draw of jurors), before it takes no more. A transfer changes three: a block
// full of them stays far below, and one of nothing but contracts that end takes no longer to
// execute.
inline constexpr std::size_t changes_per_block_max = 8 * transactions_per_block_max;
// A deadline that could not be worked off (a defect) is tried again after so long: it neither
// fills the queue nor keeps an idle chain awake.
inline constexpr std::uint64_t deadline_retry_ms = 60ull * 60 * 1000;
// A block further ahead of a voter's clock than this is held until due.
inline constexpr std::uint64_t clock_ahead_ms_max = 500;
// A block older than this at first receipt gets no vote.
inline constexpr std::uint64_t clock_behind_ms_max = 5000;

static_assert(block_bytes_max + certificates_per_proposal_max * certificate_bytes_max <
              peer_message_bytes_max);
static_assert(block_bytes_max + certificate_bytes_max + headers_per_proof_max * header_bytes_max <
                  peer_message_bytes_max,
              "a block of any size can be sent with its proof");
static_assert(transaction_bytes_max < block_bytes_max);
static_assert(validators_max <= 256, "ValidatorIndex is one byte");

// ---- text ----

inline constexpr std::size_t title_bytes_max = 120;
inline constexpr std::size_t summary_bytes_max = 2000;
inline constexpr std::size_t headline_bytes_max = 160;
inline constexpr std::size_t uri_bytes_max = 200;
inline constexpr std::size_t skills_max = 20;
inline constexpr std::size_t links_max = 8;
// Behind a document hash, beside the chain: thirty pages, and one message of a peer among many.
inline constexpr std::size_t document_bytes_max = 64u << 10;

// ---- open records of one account: state is paid for by nobody who works, so it is bounded ----

inline constexpr std::size_t open_jobs_max = 50;
inline constexpr std::size_t open_proposals_max = 20;
// In answer to invitations, besides: a client has thought of each.
inline constexpr std::size_t open_invited_proposals_max = 30;
inline constexpr std::size_t open_offers_max = 50;
// On either side: a contract with nothing locked ends by itself after 90 days.
inline constexpr std::size_t open_contracts_max = 500;
inline constexpr std::size_t locks_max = 32;
// Longer than any ballot can run, short enough that a mistake ends.
inline constexpr std::uint64_t lock_days_max = 4ull * 366;
inline constexpr std::size_t sponsored_max = 10;
inline constexpr std::size_t milestones_max = 50;
inline constexpr std::size_t offer_versions_max = 10;
inline constexpr std::size_t ballot_changes_max = 16;
// Before the owners, the deposit paid in full: what people can follow. To keep all others out costs
// 64 deposits, lost where no quorum cares.
inline constexpr std::size_t open_ballots_max = 64;
// Everyone who backs a ballot is paid back in one block: a share is at least this part of what is
// needed, the one that completes it excepted.
inline constexpr std::size_t depositors_max = 20;

// A council is a stopgap, a handful of people that everybody can name.
inline constexpr std::size_t council_max = 15;

static_assert(allowance_lent * sponsored_max <= allowance_base, "nobody lends more than a base");
static_assert(transaction_bytes_max + signatures_per_transaction_max * signature_units +
                      messages_per_transaction_max * many_records_units <
                  allowance_base,
              "a member can send any one transaction");

// ---- talent and work: times and numbers that no vote changes ----

inline constexpr std::uint64_t minute_ms = 60ull * 1000;
inline constexpr std::uint64_t day_ms = 24ull * 60 * minute_ms;

// A claim must not share a block with its commitment, and a commitment must not reserve for long.
inline constexpr std::uint64_t handle_commitment_age_ms_min = minute_ms;
inline constexpr std::uint64_t handle_commitment_age_ms_max = day_ms;
// Who released a handle, or was released from it, is not impersonated the next day.
inline constexpr std::uint64_t handle_reserved_ms = 365 * day_ms;
inline constexpr std::size_t handle_bytes_min = 3;
inline constexpr std::size_t handle_bytes_max = 20;

// An identity is looked at again one day: documents expire, issuers err.
inline constexpr std::uint64_t identity_ms_max = 1095 * day_ms;
// Of one person at a time, by several issuers: enough to change from one to another.
inline constexpr std::size_t identities_max = 4;
inline constexpr std::size_t issuer_name_bytes_max = 64;

// Each is a payment of every payout; who agrees to a new split has so long.
inline constexpr std::size_t team_members_max = 16;
inline constexpr std::uint64_t team_proposal_ms = 14 * day_ms;

inline constexpr std::uint32_t skill_level_max = 5;
inline constexpr std::uint32_t hours_per_week_max = 168;

// Guardians of one account: friends, not a crowd.
inline constexpr std::size_t guardians_max = 7;
// For guardians to agree; then for the account to cancel, as it has chosen.
inline constexpr std::uint64_t recovery_ask_ms = 14 * day_ms;
inline constexpr std::uint64_t recovery_delay_ms_min = day_ms;
inline constexpr std::uint64_t recovery_delay_ms_max = 60 * day_ms;
// Given by one account: the people of a middling organisation, and some apps.
inline constexpr std::size_t mandates_max = 50;
inline constexpr std::uint64_t mandate_ms_max = 730 * day_ms;
// By one account: people whom somebody knows, not a crowd.
inline constexpr std::size_t blocks_max = 200;
// Names of apps of one account.
inline constexpr std::size_t apps_max = 4;

// Of one job: nobody is invited by a mailing list.
inline constexpr std::size_t invitations_max = 50;
// Of a bond, each to an applicant without an answer.
inline constexpr std::uint64_t bond_parts = 20;

// Grants of ownership: who works for a while and leaves has a part of it, not all at once.
inline constexpr std::uint64_t vesting_ms = 730 * day_ms;
// Grants of so long are one entry, so that payments every week do not make a long list.
inline constexpr std::uint64_t vesting_period_ms = 30 * day_ms;

inline constexpr std::uint32_t due_days_max = 365;
// A refused client may ask again, but not wear the talent down.
inline constexpr std::uint64_t refund_request_interval_ms = 30 * day_ms;
// Shares are counted in ten-thousandths.
inline constexpr std::uint64_t bps_of_all = 10'000;
// Feedback is fresh, and waits for nobody for ever: so long from a contract's end to speak, then so
// long for whoever committed to reveal, and so long to reply to what is shown.
inline constexpr std::uint64_t feedback_window_ms = 14 * day_ms;
inline constexpr std::uint64_t feedback_reveal_ms = 7 * day_ms;
inline constexpr std::uint64_t feedback_reply_ms = 28 * day_ms;
inline constexpr std::uint32_t rating_max = 5;
// Where less than one part in so many of what was delivered was paid, feedback weighs nothing: a
// side that took the work and the money back rates nobody.
inline constexpr std::uint64_t feedback_paid_part = 4;
// Thanks may come late, but the books of a contract close one day.
inline constexpr std::uint64_t bonus_window_ms = 365 * day_ms;
// Of what a contract released: that much bonus is thanks. More would be wages past the fee.
inline constexpr std::uint64_t bonus_free_bps = 2000;

// Of both sides together: a holiday. Longer than that, and end it.
inline constexpr std::uint64_t pause_ms_max = 30 * day_ms;

// ---- hours: times and numbers that no vote changes ----

inline constexpr std::uint64_t week_ms = 7 * day_ms;
// Since the epoch: 5 January 1970.
inline constexpr std::uint64_t first_monday_ms = 4 * day_ms;
// After a week's end: so long the talent may still put entries right, and so long the client has
// to look at them. All of it is paid before the second Monday.
inline constexpr std::uint64_t week_entries_open_ms = 12ull * 60 * minute_ms;
inline constexpr std::uint64_t week_review_ms = 5 * day_ms;
// Of a week: six a day.
inline constexpr std::size_t work_entries_max = 42;
// A minute is worth a unit at least: no entry is for nothing.
inline constexpr std::uint64_t hourly_rate_min = 60;

// ---- disputes and juries: times and numbers that no vote changes ----

// An odd number, so that a median is somebody's opinion; three read a case for what one costs
// elsewhere. An appeal goes to 2n + 1.
inline constexpr std::size_t jury_size = 3;
inline constexpr std::size_t appeal_jury_size = 2 * jury_size + 1;
// A draw looks at every one of them.
inline constexpr std::size_t jurors_max = 256;
// Of juror fees, locked for a seat: more than a bribe of a few fees can make good.
inline constexpr std::uint64_t stake_fees = 5;
inline constexpr std::uint32_t award_max = 100;
// A verdict this near to what was decided in the end was given in good faith.
inline constexpr std::uint32_t coherent_within = 20;
// An appeal that moves the award by less has cost everybody time for nothing.
inline constexpr std::uint32_t appeal_moves_min = 10;
// What three jurors can be asked to read; of each side.
inline constexpr std::size_t evidence_max = 10;
// Without a panel for so long nobody will judge: money is divided without.
inline constexpr std::uint64_t panel_wait_ms = 14 * day_ms;
// So many times as many to draw from as are drawn, or less fit ones are among them: a panel that
// could be told beforehand could be bought.
inline constexpr std::size_t pool_factor = 3;
// Who has been vetted for so long may judge others.
inline constexpr std::uint64_t juror_vetted_ms = 90 * day_ms;
// A claim or a report whose median is at least this is believed: an even panel that is split
// believes nothing.
inline constexpr std::uint32_t believed_min = 51;
// Skills of one profile that were vetted: each of them keeps stakes locked.
inline constexpr std::size_t vettings_max = 8;
// After a refusal; after a claim that was found false.
inline constexpr std::uint64_t vetting_refused_ms = 90 * day_ms;
inline constexpr std::uint64_t vetting_struck_ms = 365 * day_ms;
// The treasury lends a person the fee of a dispute once in so long: who loses the loan waits.
inline constexpr std::uint64_t loan_interval_ms = 90 * day_ms;
// All validators are awake, or one that sleeps must not hold a jury up.
inline constexpr std::uint64_t random_round_ms = 60 * minute_ms;
// Who keeps silent chooses between two outcomes: at most once in so long.
inline constexpr std::uint64_t random_sit_out_ms = 30 * day_ms;

// ---- votes: times and numbers that no vote changes ----

// An enrolment lasts a year, and may be renewed early enough to miss no ballot.
inline constexpr std::uint64_t enrolment_ms = 365 * day_ms;
inline constexpr std::uint64_t enrolment_renewal_ms = 60 * day_ms;
// Who a member has brought fees with in the last year: one more than somebody's own second account.
inline constexpr std::size_t counterparties_min = 2;
// Fees are summed by periods of so long, the oldest of the year counted whole.
inline constexpr std::uint64_t contribution_period_ms = 30 * day_ms;
// From genesis: until then there are members, or they decide however few they are.
inline constexpr std::uint64_t council_ms_max = 730 * day_ms;
// What touches the constitution is talked about for a month.
inline constexpr std::uint64_t constitution_voting_ms_min = 28 * day_ms;
// The treasury's spending is capped by quarters, counted from the epoch.
inline constexpr std::uint64_t quarter_ms = 90 * day_ms;

// A ballot that everybody can read to its end; so many sit on two juries of appeal.
inline constexpr std::size_t candidates_max = 32;
// Of an office that somebody is elected to: long enough to learn it, short enough to be judged by.
inline constexpr std::uint64_t term_ms_min = 90 * day_ms;
inline constexpr std::uint64_t term_ms_max = 1095 * day_ms;
// Ever: a node keeps what each of them means for good.
inline constexpr std::uint32_t features_max = 256;
inline constexpr std::size_t version_bytes_max = 32;
// The decision is final on every node before the first block that it holds for; a year of blocks
// that come as fast as they may.
inline constexpr std::uint64_t upgrade_blocks_min = 10;
inline constexpr std::uint64_t upgrade_blocks_max = 4'000'000'000;
// In one block, of one ballot that is over: about what as many votes cost when they were cast.
inline constexpr std::size_t votes_dropped_max = 2048;

// Records that are over leave the state after this; their events stay.
inline constexpr std::uint64_t over_kept_ms = 90 * day_ms;

}  // namespace protocol::limits
