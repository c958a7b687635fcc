#include "protocol/crypto/sodium.h"

#include <sodium.h>

#include "protocol/base/check.h"

namespace crypto {

void ready() {
  static int const initialised = sodium_init();  // 1: somebody else was first.
  CHECK(initialised >= 0);
}

}  // namespace crypto
