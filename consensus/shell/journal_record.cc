#include "consensus/shell/journal_record.h"

#include <algorithm>
#include <optional>

#include "consensus/certificate/encoding.h"
#include "protocol/base/big_endian.h"
#include "protocol/base/bytes.h"
#include "protocol/base/check.h"
#include "protocol/base/crc32c.h"
#include "protocol/base/try.h"
#include "protocol/limits.h"

namespace consensus {

using base::append_big_endian;
using base::read_big_endian;

namespace {

enum class RecordKind : std::uint8_t { segment = 1, vote = 2, ground = 3 };

constexpr std::size_t prefix_bytes = 8;  // length, crc
constexpr std::size_t view_bytes = 8;
constexpr std::size_t kind_bytes = 1;
constexpr std::size_t id_bytes = std::tuple_size_v<JournalId>;
constexpr std::size_t epoch_bytes = 8;
// A certificate of the largest set is the longest record.
constexpr std::size_t content_bytes_max =
    view_bytes + kind_bytes + protocol::limits::certificate_bytes_max;

std::uint32_t crc_of(std::string_view content) {
  return base::crc32c({base::bytes_of(content)});
}

std::string frame(View view, RecordKind kind, std::string_view payload) {
  std::string content;
  append_big_endian(content, view.value());
  append_big_endian(content, static_cast<std::uint8_t>(kind));
  content += payload;
  CHECK(content.size() <= content_bytes_max);
  std::string record;
  append_big_endian(record, static_cast<std::uint32_t>(content.size()));
  append_big_endian(record, crc_of(content));
  return record + content;
}

// The content of the record at the front of `rest`, if it is whole and sound.
std::optional<std::string_view> sound_content(std::string_view rest) {
  if (rest.size() < prefix_bytes) return std::nullopt;
  auto const length = read_big_endian<std::uint32_t>(rest);
  if (length < view_bytes + kind_bytes || length > content_bytes_max) return std::nullopt;
  if (rest.size() - prefix_bytes < length) return std::nullopt;
  auto const content = rest.substr(prefix_bytes, length);
  if (crc_of(content) != read_big_endian<std::uint32_t>(rest.substr(4))) return std::nullopt;
  return content;
}

// A length that was damaged could point anywhere, so every offset is tried.
bool sound_record_within(std::string_view rest) {
  for (std::size_t skip = 1; skip < rest.size(); ++skip) {
    if (sound_content(rest.substr(skip))) return true;
  }
  return false;
}

auto damaged(JournalDamage damage) {
  return std::unexpected{damage};
}

std::expected<Segment, JournalDamage> read_segment(std::string_view content) {
  auto const payload = content.substr(view_bytes + kind_bytes);
  if (payload.size() != id_bytes + epoch_bytes) return damaged(JournalDamage::bad_payload);
  Segment segment{.id = {},
                  .epoch = Epoch{read_big_endian<std::uint64_t>(payload.substr(id_bytes))},
                  .floor = View{read_big_endian<std::uint64_t>(content)}};
  std::ranges::copy(base::bytes_of(payload.substr(0, id_bytes)), segment.id.begin());
  return segment;
}

// What every statement in a record must agree on with what stands around it. Those of an old epoch
// never reach a new core.
bool belongs(Statement const& said, std::string_view content, Segment const& segment) {
  return said.epoch == segment.epoch &&
         said.view.value() == read_big_endian<std::uint64_t>(content);
}

std::expected<void, JournalDamage> take_vote(std::string_view content, Replay& replay) {
  auto const vote = decode_vote(content.substr(view_bytes + kind_bytes));
  if (!vote || !belongs(vote->statement, content, replay.segment)) {
    return damaged(JournalDamage::bad_payload);
  }
  replay.entry.votes.push_back(*vote);
  replay.highest_view = std::max(replay.highest_view, vote->statement.view);
  return {};
}

std::expected<void, JournalDamage> take_ground(std::string_view content, ValidatorSet const& set,
                                               Replay& replay) {
  auto ground = decode_certificate(content.substr(view_bytes + kind_bytes), set);
  if (!ground || !belongs(ground->statement, content, replay.segment)) {
    return damaged(JournalDamage::bad_payload);
  }
  replay.entry.grounds.push_back(*std::move(ground));
  return {};
}

std::expected<void, JournalDamage> take(std::string_view content, ValidatorSet const& set,
                                        Replay& replay) {
  switch (static_cast<RecordKind>(content[view_bytes])) {
    case RecordKind::segment:
      return damaged(JournalDamage::second_segment);
    case RecordKind::vote:
      return take_vote(content, replay);
    case RecordKind::ground:
      return take_ground(content, set, replay);
  }
  return damaged(JournalDamage::unknown_kind);
}

}  // namespace

std::string_view explain(JournalDamage damage) {
  switch (damage) {
    case JournalDamage::no_segment:
      return "the journal does not begin with a whole segment record";
    case JournalDamage::damaged_in_middle:
      return "the journal is damaged before its end, so votes may be missing";
    case JournalDamage::unknown_kind:
      return "the journal has a record of a kind that this version does not know";
    case JournalDamage::bad_payload:
      return "a journal record is whole but does not hold what its kind says";
    case JournalDamage::second_segment:
      return "the journal has a segment record that is not its first";
  }
  UNREACHABLE();
}

std::string encode_record(Segment const& segment) {
  std::string payload{base::chars_of(segment.id)};
  append_big_endian(payload, segment.epoch.value());
  return frame(segment.floor, RecordKind::segment, payload);
}

std::string encode_record(Vote const& vote) {
  return frame(vote.statement.view, RecordKind::vote, encode(vote));
}

std::string encode_record(Certificate const& ground, ValidatorSet const& set) {
  return frame(ground.statement.view, RecordKind::ground, encode(ground, set));
}

std::expected<Replay, JournalDamage> replay(std::string_view file, ValidatorSet const& set) {
  auto const first = sound_content(file);
  if (!first || static_cast<std::uint8_t>((*first)[view_bytes]) !=
                    static_cast<std::uint8_t>(RecordKind::segment)) {
    return damaged(JournalDamage::no_segment);
  }
  TRY(segment, read_segment(*first));
  auto replay = Replay{.segment = segment,
                       .entry = {},
                       .sound_bytes = prefix_bytes + first->size(),
                       .highest_view = segment.floor};
  while (replay.sound_bytes < file.size()) {
    auto const rest = file.substr(replay.sound_bytes);
    auto const content = sound_content(rest);
    if (!content) {
      if (sound_record_within(rest)) return damaged(JournalDamage::damaged_in_middle);
      return replay;
    }
    TRY_VOID(take(*content, set, replay));
    replay.sound_bytes += prefix_bytes + content->size();
  }
  return replay;
}

}  // namespace consensus
