#include "protocol/execution/recent_blocks.h"

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"
#include "protocol/state/keys.h"

namespace execution {

void note_block(state::Overlay& overlay, Parent const& parent) {
  auto value = base::big_endian(parent.height.value());
  value += parent.hash.chars();
  overlay.put(state::keys::recent_block(parent.height), value);
}

std::optional<protocol::BlockHash> recent_block(state::Reader const& state,
                                                protocol::Height height) {
  auto const value = state.get(state::keys::recent_block(height));
  if (!value || base::read_big_endian<std::uint64_t>(*value) != height.value()) return std::nullopt;
  auto const hash = protocol::BlockHash::from(std::string_view{*value}.substr(8));
  CHECK(hash.has_value());  // note_block() wrote it.
  return hash;
}

}  // namespace execution
