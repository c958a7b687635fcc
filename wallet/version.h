// The version of the wallet; what `labor version` and the node's log say.

#pragma once

namespace wallet {

inline constexpr char version[] = "0.1.0";

}  // namespace wallet
