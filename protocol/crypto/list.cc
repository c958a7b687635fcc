#include "protocol/crypto/list.h"

#include "protocol/base/big_endian.h"
#include "protocol/crypto/hash.h"

namespace crypto {

protocol::Hash list_root(std::vector<protocol::Hash> items) {
  auto const count = base::big_endian(std::uint64_t{items.size()});
  if (items.empty()) return hash(domains::list, {base::bytes_of(count)});
  while (items.size() > 1) {
    std::size_t next = 0;
    for (std::size_t i = 0; i < items.size(); i += 2) {
      auto const pair = i + 1 < items.size();
      items[next++] = pair ? hash(domains::list, {items[i].view(), items[i + 1].view()}) : items[i];
    }
    items.resize(next);
  }
  return hash(domains::list, {base::bytes_of(count), items.front().view()});
}

}  // namespace crypto
