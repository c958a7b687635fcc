// Takes fixed-width fields off the front of a row. A row that is too short was not written by
// this version: the checksums of the database have already vouched for its bytes.

#pragma once

#include <string>
#include <string_view>

#include "protocol/base/big_endian.h"
#include "protocol/base/check.h"

namespace node {

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_{bytes} {}

  bool done() const { return rest_.empty(); }

  std::string_view take(std::size_t count) {
    CHECK(rest_.size() >= count);
    auto const taken = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return taken;
  }

  template <std::unsigned_integral T>
  T number() {
    return base::read_big_endian<T>(take(sizeof(T)));
  }

  template <class B>
  B bytes() {
    auto const fixed = B::from(take(B::size));
    CHECK(fixed.has_value());
    return *fixed;
  }

  std::string_view rest() { return take(rest_.size()); }

 private:
  std::string_view rest_;
};

}  // namespace node
