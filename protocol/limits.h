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

// ---- transactions ----

// A job with a full summary and a handful of milestones fits four times over.
inline constexpr std::size_t transaction_bytes_max = 32u << 10;
inline constexpr std::size_t messages_per_transaction_max = 16;
// Account and fee payer, with room for a small k-of-n.
inline constexpr std::size_t signatures_per_transaction_max = 8;
inline constexpr std::size_t memo_bytes_max = 256;
// A transaction is dead for good this long after it was signed, at the latest.
inline constexpr std::uint64_t valid_for_ms_max = 24ull * 60 * 60 * 1000;

// ---- blocks ----

// One block and its certificates must fit one gRPC message.
inline constexpr std::size_t peer_message_bytes_max = 4u << 20;
inline constexpr std::size_t block_bytes_max = 2u << 20;
inline constexpr std::size_t transactions_per_block_max = 8192;
inline constexpr std::size_t certificate_bytes_max = 128 + validators_max / 8 + validators_max * 64;
// A proposal carries notarization(p) and the nullifications between; beyond this many they are
// fetched.
inline constexpr std::size_t certificates_per_proposal_max = 64;
// Deadlines worked off at the start of one block; the rest carry over in order. 10^4 due
// deadlines execute within 250 ms on one core.
inline constexpr std::size_t deadlines_per_block_max = 2048;
// A block further ahead of a voter's clock than this is held until due.
inline constexpr std::uint64_t clock_ahead_ms_max = 500;
// A block older than this at first receipt gets no vote.
inline constexpr std::uint64_t clock_behind_ms_max = 5000;

static_assert(block_bytes_max + certificates_per_proposal_max * certificate_bytes_max <
              peer_message_bytes_max);
static_assert(transaction_bytes_max < block_bytes_max);
static_assert(validators_max <= 256, "ValidatorIndex is one byte");

// ---- text ----

inline constexpr std::size_t title_bytes_max = 120;
inline constexpr std::size_t summary_bytes_max = 2000;
inline constexpr std::size_t headline_bytes_max = 160;
inline constexpr std::size_t uri_bytes_max = 200;
inline constexpr std::size_t skills_max = 20;
inline constexpr std::size_t links_max = 8;

// ---- open records of one account: state is paid for by nobody who works, so it is bounded ----

inline constexpr std::size_t open_jobs_max = 50;
inline constexpr std::size_t open_proposals_max = 20;
inline constexpr std::size_t open_offers_max = 50;
inline constexpr std::size_t locks_max = 32;
inline constexpr std::size_t sponsored_max = 10;
inline constexpr std::size_t milestones_max = 50;
inline constexpr std::size_t offer_versions_max = 10;
inline constexpr std::size_t ballot_changes_max = 16;
inline constexpr std::size_t open_ballots_max = 64;

}  // namespace protocol::limits
