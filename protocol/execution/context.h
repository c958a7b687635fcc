// What a message or a deadline may see and do while it runs: read and write records, move money,
// emit events. One per transaction; its overlay is absorbed when all messages succeed.
//
// Rules kept here so that no module can break them:
//   - put() writes the record, emits RecordChanged, and keeps exactly one entry in the deadline
//     queue for a record whose deadline_of() is set, none for one whose is not;
//   - move() is the only way money changes hands; it conserves every asset and emits MoneyMoved.
//
// Threads: the execution thread only.

#pragma once

#include <labor/v1/record.pb.h>

#include <optional>
#include <string_view>
#include <vector>

#include "protocol/codec/canonical.h"
#include "protocol/execution/failure.h"
#include "protocol/state/keys.h"
#include "protocol/state/overlay.h"
#include "protocol/types.h"

namespace execution {

// The block that runs.
struct BlockTime {
  protocol::Height height{};
  protocol::TimeMs time{};
};

class Context {
 public:
  Context(state::Overlay& overlay, BlockTime block, protocol::Address sender)
      : overlay_{overlay}, block_{block}, sender_{sender} {}

  protocol::TimeMs time() const { return block_.time; }
  protocol::Height height() const { return block_.height; }
  // The account that acts; all zero while a deadline fires.
  protocol::Address const& sender() const { return sender_; }

  // The record under `key`, whose type the key's function names.
  template <class R>
  std::optional<R> find(state::Key const& key) const {
    auto const bytes = overlay_.get(key);
    if (!bytes) return std::nullopt;
    return decode_record<R>(*bytes);
  }

  // `cause` is the transition or act: "milestone.accept".
  template <class R>
  void put(R const& record, std::string_view cause) {
    auto const key = state::key_of(record);
    auto const before = find<R>(key);
    move_deadline(key, before ? state::deadline_of(*before) : std::nullopt,
                  state::deadline_of(record));
    overlay_.put(key, canonical::encode(record));
    emit_changed(state::as_record(record), cause);
  }

  // Amounts of zero move nothing and emit nothing. INSUFFICIENT_BALANCE {have, need} from an
  // account; escrow, lock and deposit amounts are kept by their records, which the caller updates.
  Done move(labor::v1::Holder const& from, labor::v1::Holder const& to, labor::v1::Asset asset,
            protocol::Amount amount, std::string_view cause);

  // Ids count from 1 per counter ("job", "offer", ...) and end up in the receipt.
  std::uint64_t next_id(std::string_view counter);

  // Value of an on-chain parameter, its default where nothing was ever set.
  std::uint64_t parameter(labor::v1::Parameter parameter) const;

  std::vector<labor::v1::Event>& events() { return events_; }
  std::vector<std::uint64_t>& created_ids() { return created_ids_; }
  state::Overlay& overlay() { return overlay_; }

 private:
  template <class R>
  static R decode_record(std::string const& bytes) {
    R record;
    CHECK(record.ParseFromString(bytes));  // We wrote it; a damaged disk stops in the store.
    return record;
  }
  void move_deadline(state::Key const& key, std::optional<protocol::TimeMs> before,
                     std::optional<protocol::TimeMs> after);
  void emit_changed(labor::v1::Record record, std::string_view cause);

  state::Overlay& overlay_;
  BlockTime block_;
  protocol::Address sender_;
  std::vector<labor::v1::Event> events_;
  std::vector<std::uint64_t> created_ids_;
};

}  // namespace execution
