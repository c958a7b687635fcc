#include "protocol/execution/list_root.h"

#include "protocol/base/big_endian.h"
#include "protocol/crypto/hash.h"

namespace execution {

protocol::Hash list_root(std::vector<protocol::Hash> elements) {
  auto const count = base::big_endian(std::uint64_t{elements.size()});
  while (elements.size() > 1) {
    std::size_t above = 0;
    for (std::size_t i = 0; i < elements.size(); i += 2) {
      auto const paired = i + 1 < elements.size();
      elements[above++] =
          paired ? crypto::hash(crypto::domains::list, {elements[i].view(), elements[i + 1].view()})
                 : elements[i];
    }
    elements.resize(above);
  }
  auto const top = elements.empty() ? protocol::Hash{} : elements.front();
  return crypto::hash(crypto::domains::list, {base::bytes_of(count), top.view()});
}

}  // namespace execution
