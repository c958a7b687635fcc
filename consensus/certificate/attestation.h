// The one door through which a value becomes Verified. May be included by: the two verify.cc
// (which have checked the signatures), the runner (for the votes it has signed itself), the reader
// of traces (whose writer had checked them, and which speaks to nobody) and tests.

#pragma once

#include <utility>

#include "consensus/certificate/verified.h"

namespace consensus {

struct Attestation {
  template <class T>
  static Verified<T> of(T value) {
    return Verified<T>{std::move(value)};
  }
};

}  // namespace consensus
