// What a message or a deadline may see and do while it runs: read and write records, move money,
// emit events. One per transaction or fired deadline; its overlay is absorbed when all of it
// succeeds and dropped when anything fails.
//
// Rules kept here so that no module can break them:
//   - put() writes the record, emits RecordChanged, and keeps exactly one entry in the deadline
//     queue for a record whose deadline_of() is set, none for one whose is not;
//   - move() and burn() are the only ways money changes hands; balances and supplies cannot be
//     put(). What an escrow, lock or deposit holds is a field of its record, which the caller
//     updates by the same amount; a transaction for which the two differ is rolled back as
//     INTERNAL (bank/conservation.h).
//
// Balances announce themselves by MoneyMoved alone, every other record by RecordChanged and
// RecordRemoved: whoever replays the events has every record.
//
// Threads: the execution thread only.

#pragma once

#include <labor/v1/record.pb.h>

#include <concepts>
#include <cstddef>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/base/check.h"
#include "protocol/codec/canonical.h"
#include "protocol/execution/failure.h"
#include "protocol/state/keys.h"
#include "protocol/state/overlay.h"
#include "protocol/types.h"

namespace execution {

// The block that runs. `time` is chain time (block.h): block time less outages.
struct BlockTime {
  protocol::Height height{};
  protocol::TimeMs time{};
  protocol::GenesisHash genesis{};
};

// A record as the state holds it. We wrote it; a damaged disk stops in the store.
template <class R>
R decode_record(std::string const& bytes) {
  R record;
  CHECK(record.ParseFromString(bytes));
  return record;
}

// The record under `key`, whose type the key's function names.
template <class R>
std::optional<R> find_record(state::Reader const& state, state::Key const& key) {
  auto const bytes = state.get(key);
  if (!bytes) return std::nullopt;
  return decode_record<R>(*bytes);
}

// Value of an on-chain parameter, its default where nothing was ever set.
std::uint64_t parameter_of(state::Reader const& state, labor::v1::Parameter parameter);

// A number that the system keeps under a name, 0 where nothing was ever set.
std::uint64_t counter_of(state::Reader const& state, std::string_view name);
void set_counter(state::Overlay& overlay, std::string_view name, std::uint64_t value);

class Context {
 public:
  Context(state::Overlay& overlay, BlockTime block, protocol::Address sender)
      : overlay_{overlay}, block_{block}, sender_{sender} {}

  // Chain time: what records store and guards compare.
  protocol::TimeMs time() const { return block_.time; }
  protocol::Height height() const { return block_.height; }
  // Of the chain: part of all that is signed.
  protocol::GenesisHash const& genesis() const { return block_.genesis; }
  // The account that acts; all zero while a deadline fires.
  protocol::Address const& sender() const { return sender_; }

  // For as long as it lives, another account acts (mandates/act_for.h).
  class ActingAs {
   public:
    ActingAs(Context& context, protocol::Address account)
        : context_{context}, before_{std::exchange(context.sender_, account)} {}
    ~ActingAs() { context_.sender_ = before_; }
    ActingAs(ActingAs const&) = delete;
    ActingAs& operator=(ActingAs const&) = delete;

   private:
    Context& context_;
    protocol::Address before_;
  };

  template <class R>
  std::optional<R> find(state::Key const& key) const {
    return find_record<R>(overlay_, key);
  }

  // `cause` is the transition or act: "milestone.accept".
  template <class R>
  void put(R const& record, std::string_view cause) {
    static_assert(!std::same_as<R, labor::v1::Balance> && !std::same_as<R, labor::v1::Supply>);
    auto const key = state::key_of(record);
    if constexpr (state::timed<R>) {
      auto const before = find<R>(key);
      move_deadline(key, before ? state::deadline_of(*before) : std::nullopt,
                    state::deadline_of(record));
    }
    overlay_.put(key, canonical::encode(record));
    emit_changed(state::as_record(record), cause);
  }

  // Erases the record, its deadline with it.
  template <class R>
  void remove(R const& record, std::string_view cause) {
    static_assert(!std::same_as<R, labor::v1::Balance> && !std::same_as<R, labor::v1::Supply>);
    auto const key = state::key_of(record);
    if constexpr (state::timed<R>) {
      auto const before = find<R>(key);
      move_deadline(key, before ? state::deadline_of(*before) : std::nullopt, std::nullopt);
    }
    overlay_.erase(key);
    emit_removed(state::as_record(record), cause);
  }

  // Writes what only finds records, and announces nothing: it can be made again from them.
  void index(state::Key const& key, std::string_view value) {
    overlay_.put(key, std::string{value});
  }

  // Amounts of zero move nothing and emit nothing. INSUFFICIENT_BALANCE {have, need} from an
  // account or the treasury; AMOUNT_OVERFLOW at the receiver.
  Done move(labor::v1::Holder const& from, labor::v1::Holder const& to, labor::v1::Asset asset,
            protocol::Amount amount, std::string_view cause);

  // Takes money out of the world: the supply is lower by it. Refused as move() is; INTERNAL where
  // there is not so much in the world.
  Done burn(labor::v1::Holder const& from, labor::v1::Asset asset, protocol::Amount amount,
            std::string_view cause);

  // Ids count from 1 per counter ("job", "offer", ...) and end up in the receipt.
  std::uint64_t next_id(std::string_view counter);

  std::uint64_t counter(std::string_view name) const { return counter_of(overlay_, name); }
  void set_counter(std::string_view name, std::uint64_t value) {
    execution::set_counter(overlay_, name, value);
  }
  std::uint64_t parameter(labor::v1::Parameter parameter) const {
    return parameter_of(overlay_, parameter);
  }

  // Said by what reads many records, whatever it changes: a block's work is bounded by both.
  void look_at(std::size_t records) { looked_at_ += records; }
  std::size_t looked_at() const { return looked_at_; }

  std::vector<labor::v1::Event>& events() { return events_; }
  std::vector<std::uint64_t>& created_ids() { return created_ids_; }
  state::Reader const& state() const { return overlay_; }

 private:
  Done take(labor::v1::Holder const& from, labor::v1::Asset asset, std::uint64_t amount);
  Done give(labor::v1::Holder const& to, labor::v1::Asset asset, std::uint64_t amount);
  void move_deadline(state::Key const& key, std::optional<protocol::TimeMs> before,
                     std::optional<protocol::TimeMs> after);
  void emit_changed(labor::v1::Record record, std::string_view cause);
  void emit_removed(labor::v1::Record record, std::string_view cause);

  state::Overlay& overlay_;
  BlockTime block_;
  protocol::Address sender_;
  std::vector<labor::v1::Event> events_;
  std::vector<std::uint64_t> created_ids_;
  std::size_t looked_at_ = 0;
};

}  // namespace execution
