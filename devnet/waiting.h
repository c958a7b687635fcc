// Waits for what other processes bring about, under one stated deadline.

#pragma once

#include <functional>

namespace devnet {

// Whether `holds` came true within `timeout_ms`; asked again every few milliseconds.
bool wait_until(int timeout_ms, std::function<bool()> const& holds);

}  // namespace devnet
