// SHA-256, for formats of others that ask for it (wallet/history): nothing of the chain does.

#pragma once

#include "protocol/types.h"

namespace crypto {

protocol::Hash sha256(base::ByteView bytes);

}  // namespace crypto
