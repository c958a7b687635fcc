// The bytes of the journal: how records are written, and what a file of them says.
//
//   journal = segment record, { record }
//   record  = length(4) crc(4) view(8) kind(1) payload
//             length: bytes after the crc; crc: CRC-32C of those bytes; integers big-endian
//   kind 1  = segment: view is the floor, payload = journal id(16) epoch(8)
//   kind 2  = vote: payload = vote (consensus/certificate/encoding.h); view is the vote's
//   kind 3  = ground, a certificate that a later vote relies on: payload = certificate
//
// A record cut short at the very end was being written when the power went: it was never synced,
// so nothing was sent because of it, and it is dropped. A bad record with good ones after it is
// damage: votes may be missing, and the node must not vote.

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "consensus/certificate/validator_set.h"
#include "consensus/certificate/vote.h"

namespace consensus {

using JournalId = std::array<std::uint8_t, 16>;

// Written at the start of every file. Votes at or below the floor are not in it or do not matter.
struct Segment {
  JournalId id{};
  Epoch epoch{};
  View floor{};

  bool operator==(Segment const&) const = default;
};

// What a validator has said, and why it was allowed to.
struct JournalEntry {
  std::vector<Certificate> grounds;
  std::vector<Vote> votes;

  bool operator==(JournalEntry const&) const = default;
};

std::string encode_record(Segment const& segment);
std::string encode_record(Vote const& vote);
std::string encode_record(Certificate const& ground, ValidatorSet const& set);

enum class JournalDamage {
  no_segment,         // The file does not begin with a whole segment record.
  damaged_in_middle,  // A bad record, with good ones after it.
  unknown_kind,       // Sound, but of a kind this version does not know.
  bad_payload,        // Sound, but not what its kind says.
  second_segment,     // A segment record that is not the first.
};
std::string_view explain(JournalDamage damage);

struct Replay {
  Segment segment;
  JournalEntry entry;           // As written; recover() sorts by view.
  std::size_t sound_bytes = 0;  // The torn tail, if any, begins here: truncate to it.
  View highest_view{};          // Of all votes; the floor if there are none.

  bool operator==(Replay const&) const = default;
};
std::expected<Replay, JournalDamage> replay(std::string_view file, ValidatorSet const& set);

}  // namespace consensus
