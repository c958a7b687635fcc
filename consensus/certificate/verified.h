// Verified<T>: a T whose signatures somebody has checked. Only verify() (verify.h here, verify.h
// in the shell) makes one, so a function that takes a Verified<T> need not ask.

#pragma once

#include <utility>

namespace consensus {

template <class T>
class Verified {
 public:
  T const& operator*() const { return value_; }
  T const* operator->() const { return &value_; }

  bool operator==(Verified const&) const = default;

 private:
  friend struct Attestation;  // attestation.h says who may include it.
  explicit Verified(T value) : value_{std::move(value)} {}
  T value_;
};

}  // namespace consensus
