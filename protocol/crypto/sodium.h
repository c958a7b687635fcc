// Makes sure that libsodium has chosen its implementations before its first use. Private to
// this folder: the only one that includes sodium.h.

#pragma once

namespace crypto {

// Cheap after the first call; safe from any thread.
void ready();

}  // namespace crypto
