#include "node/store/rows.h"

#include <algorithm>

#include "node/store/byte_reader.h"

namespace node::rows {
namespace {

using base::append_big_endian;
using base::big_endian;

std::string number(state::Module module) {
  return big_endian(static_cast<std::uint16_t>(module));
}

std::string at_height(protocol::Height height, char table) {
  return big_endian(height.value()) + table;
}

void append_sized(std::string& row, std::string_view bytes) {
  append_big_endian(row, static_cast<std::uint32_t>(bytes.size()));
  row += bytes;
}

template <class M>
M parsed(std::string_view bytes) {
  M message;
  CHECK(message.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())));
  return message;
}

}  // namespace

std::string value(state::Module module, protocol::Hash const& path) {
  return 'V' + number(module) + path.str();
}
std::string values(state::Module module) {
  return 'V' + number(module);
}
std::string order(state::Module module, std::string_view logical) {
  return ('O' + number(module)).append(logical);
}
std::string tree_node(state::Module module, std::string_view prefix) {
  return ('N' + number(module)).append(prefix);
}
std::string changes(protocol::Height height) {
  return 'C' + big_endian(height.value());
}
std::string block(protocol::Height height) {
  return at_height(height, 'B');
}
std::string results(protocol::Height height) {
  return at_height(height, 'R');
}
std::string finalization(protocol::Height height) {
  return at_height(height, 'F');
}
std::string transaction(protocol::TransactionId const& id) {
  return 'T' + id.str();
}
std::string account(std::string_view address, protocol::Height height) {
  return std::string{'E'}.append(address) + big_endian(height.value());
}
std::string meta(std::string_view name) {
  return std::string{'M'}.append(name);
}

std::string encode_value(state::Key const& key, std::string_view value) {
  auto row = big_endian(static_cast<std::uint16_t>(key.logical.size()));
  return row.append(key.logical).append(value);
}

std::string decode_value(std::string_view row) {
  ByteReader reader{row};
  reader.take(reader.number<std::uint16_t>());
  return std::string{reader.rest()};
}

std::string decode_logical_key(std::string_view row) {
  ByteReader reader{row};
  return std::string{reader.take(reader.number<std::uint16_t>())};
}

std::string encode_key(state::Key const& key) {
  return number(key.module) + key.logical;
}

state::Key decode_key(std::string_view row) {
  ByteReader reader{row};
  auto const module = state::Module{reader.number<std::uint16_t>()};
  return {module, std::string{reader.rest()}};
}

void append_change(std::string& row, state::Key const& key) {
  row += number(key.module);
  append_big_endian(row, static_cast<std::uint16_t>(key.logical.size()));
  row += key.logical;
}

std::vector<state::Key> decode_changes(std::string_view row) {
  std::vector<state::Key> all;
  for (ByteReader reader{row}; !reader.done();) {
    auto const module = state::Module{reader.number<std::uint16_t>()};
    all.push_back({module, std::string{reader.take(reader.number<std::uint16_t>())}});
  }
  return all;
}

std::string encode_results(protocol::TimeMs time, std::string_view events,
                           std::vector<std::string> const& receipts) {
  auto row = big_endian(time.value());
  append_sized(row, events);
  for (auto const& receipt : receipts) append_sized(row, receipt);
  return row;
}

Results decode_results(std::string_view row) {
  ByteReader reader{row};
  Results results;
  results.time = protocol::TimeMs{reader.number<std::uint64_t>()};
  results.events = parsed<labor::v1::BlockEvents>(reader.take(reader.number<std::uint32_t>()));
  while (!reader.done()) {
    auto const receipt = reader.take(reader.number<std::uint32_t>());
    results.receipts.push_back(parsed<labor::v1::Receipt>(receipt));
  }
  return results;
}

std::string encode_place(TransactionPlace const& place) {
  return big_endian(place.height.value()) + big_endian(place.index);
}

TransactionPlace decode_place(std::string_view row) {
  ByteReader reader{row};
  auto const height = protocol::Height{reader.number<std::uint64_t>()};
  return {.height = height, .index = reader.number<std::uint32_t>()};
}

protocol::Height height_of_account_row(std::string_view key) {
  ByteReader reader{key.substr(1 + protocol::Address::size)};
  return protocol::Height{reader.number<std::uint64_t>()};
}

std::string encode_head(Head const& head) {
  auto row = big_endian(head.height.value());
  row += head.hash.chars();
  row += head.root.chars();
  append_big_endian(row, head.time.value());
  append_big_endian(row, head.epoch.value());
  return row;
}

Head decode_head(std::string_view row) {
  ByteReader reader{row};
  Head head;
  head.height = protocol::Height{reader.number<std::uint64_t>()};
  head.hash = reader.bytes<protocol::BlockHash>();
  head.root = reader.bytes<protocol::StateRoot>();
  head.time = protocol::TimeMs{reader.number<std::uint64_t>()};
  head.epoch = protocol::Epoch{reader.number<std::uint64_t>()};
  return head;
}

std::string encode_mark(JournalMark const& mark) {
  std::string row{base::chars_of(mark.id)};
  append_big_endian(row, mark.epoch.value());
  append_big_endian(row, mark.highest_view.value());
  return row;
}

JournalMark decode_mark(std::string_view row) {
  ByteReader reader{row};
  JournalMark mark;
  std::ranges::copy(base::bytes_of(reader.take(mark.id.size())), mark.id.begin());
  mark.epoch = protocol::Epoch{reader.number<std::uint64_t>()};
  mark.highest_view = protocol::View{reader.number<std::uint64_t>()};
  return mark;
}

}  // namespace node::rows
