#include "protocol/crypto/list.h"

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/crypto/hash.h"

namespace crypto {
namespace {

protocol::Hash pair_hash(protocol::Hash const& a, protocol::Hash const& b) {
  return hash(domains::list, {a.view(), b.view()});
}

// The level above.
void climb(std::vector<protocol::Hash>& items) {
  std::size_t next = 0;
  for (std::size_t i = 0; i < items.size(); i += 2) {
    auto const pair = i + 1 < items.size();
    items[next++] = pair ? pair_hash(items[i], items[i + 1]) : items[i];
  }
  items.resize(next);
}

protocol::Hash root_over(std::uint64_t count, protocol::Hash const& top) {
  auto const bytes = base::big_endian(count);
  return hash(domains::list, {base::bytes_of(bytes), top.view()});
}

}  // namespace

protocol::Hash list_root(std::vector<protocol::Hash> items) {
  std::uint64_t const count = items.size();
  if (items.empty()) return hash(domains::list, {base::bytes_of(base::big_endian(count))});
  while (items.size() > 1) climb(items);
  return root_over(count, items.front());
}

std::vector<protocol::Hash> list_path(std::vector<protocol::Hash> items, std::uint64_t index) {
  CHECK(index < items.size());
  std::vector<protocol::Hash> path;
  for (; items.size() > 1; index /= 2) {
    auto const neighbour = index ^ 1;
    if (neighbour < items.size()) path.push_back(items[neighbour]);
    climb(items);
  }
  return path;
}

std::optional<protocol::Hash> root_of_path(protocol::Hash const& item, ListPlace place,
                                           std::span<protocol::Hash const> path) {
  if (place.index >= place.count) return std::nullopt;
  auto top = item;
  auto index = place.index;
  // Upwards; halves of an odd level are rounded up.
  for (auto width = place.count; width > 1; width = width / 2 + width % 2, index /= 2) {
    if ((index ^ 1) >= width) continue;
    if (path.empty()) return std::nullopt;
    top = index % 2 == 0 ? pair_hash(top, path.front()) : pair_hash(path.front(), top);
    path = path.subspan(1);
  }
  if (!path.empty()) return std::nullopt;
  return root_over(place.count, top);
}

}  // namespace crypto
