// What values are called in a trace, for who writes it and who reads it.

#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <utility>

#include "consensus/core/input.h"
#include "protocol/base/check.h"

namespace consensus::trace_names {

template <class T, std::size_t n>
using Names = std::array<std::pair<T, std::string_view>, n>;

inline constexpr Names<VoteKind, 3> vote_kinds{{
    {VoteKind::notarize, "notarize"},
    {VoteKind::nullify, "nullify"},
    {VoteKind::finalize, "finalize"},
}};
inline constexpr Names<TimerKind, 9> timer_kinds{{
    {TimerKind::leader, "leader"},
    {TimerKind::advance, "advance"},
    {TimerKind::retry, "retry"},
    {TimerKind::settle, "settle"},
    {TimerKind::fetch, "fetch"},
    {TimerKind::standstill, "standstill"},
    {TimerKind::answer, "answer"},
    {TimerKind::hold, "hold"},
    {TimerKind::catch_up, "catch_up"},
}};
inline constexpr Names<Verdict, 3> verdicts{{
    {Verdict::valid, "valid"},
    {Verdict::invalid, "invalid"},
    {Verdict::abandoned, "abandoned"},
}};
inline constexpr Names<Proposal::Form, 3> forms{{
    {Proposal::Form::sound, "sound"},
    {Proposal::Form::stale, "stale"},
    {Proposal::Form::malformed, "malformed"},
}};

template <class T, std::size_t n>
constexpr std::string_view name_of(Names<T, n> const& names, T value) {
  for (auto const& [known, name] : names) {
    if (known == value) return name;
  }
  UNREACHABLE();
}

template <class T, std::size_t n>
constexpr std::optional<T> named(Names<T, n> const& names, std::string_view name) {
  for (auto const& [value, known] : names) {
    if (known == name) return value;
  }
  return std::nullopt;
}

}  // namespace consensus::trace_names
