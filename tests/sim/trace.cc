#include "tests/sim/trace.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <utility>

#include "protocol/base/check.h"
#include "tests/support/prng.h"

namespace sim {
namespace {

std::string_view name_of(Happening what) {
  switch (what) {
    case Happening::started:
      return "started";
    case Happening::crashed:
      return "crashed";
    case Happening::timer_fired:
      return "timer fired";
    case Happening::notarize:
      return "NOTARIZE";
    case Happening::nullify:
      return "NULLIFY";
    case Happening::finalize:
      return "FINALIZE";
    case Happening::notarization:
      return "notarization";
    case Happening::nullification:
      return "nullification";
    case Happening::finalization:
      return "finalization";
    case Happening::proposed:
      return "proposed";
    case Happening::committed:
      return "committed";
    case Happening::epoch_began:
      return "epoch began";
    case Happening::partitioned:
      return "partitioned";
    case Happening::mended:
      return "mended";
    case Happening::stopped:
      return "stopped";
    case Happening::paused:
      return "paused";
    case Happening::key_spent:
      return "key spent";
    case Happening::phase:
      return "phase";
  }
  UNREACHABLE();
}

}  // namespace

std::string to_string(TraceEvent const& event) {
  return fmt::format("{:>10.3f} ms  node {}  {:<13} {:>5}  {:016x}",
                     static_cast<double>(event.time_us) / 1000, event.node, name_of(event.what),
                     event.number, event.detail);
}

std::uint64_t short_of(base::ByteView bytes) {
  std::uint64_t number = 0;
  for (auto const byte : bytes.first(std::min<std::size_t>(8, bytes.size()))) {
    number = number << 8 | byte;
  }
  return number;
}

std::string Trace::to_line(Kept const& kept) {
  if (kept.text.empty()) return to_string(kept.event);
  return fmt::format("{:>10.3f} ms  node {}  {}", static_cast<double>(kept.event.time_us) / 1000,
                     kept.event.node, kept.text);
}

void Trace::keep(Kept kept) {
  if (print_) fmt::print("{}\n", to_line(kept));
  if (kept_.size() < kept_max) {
    kept_.push_back(std::move(kept));
  } else {
    kept_[added_ % kept_max] = std::move(kept);
  }
  ++added_;
}

void Trace::add(TraceEvent const& event) {
  for (auto const part : {event.time_us, std::uint64_t{event.node},
                          std::uint64_t{static_cast<std::uint8_t>(event.what)}, event.number,
                          event.detail, event.to}) {
    hash_ = mix(hash_ + part + 0x9E3779B97F4A7C15u);
  }
  keep({event, {}});
  if (event.what == Happening::timer_fired) return;
  if (events_.size() == events_max) events_.erase(events_.begin());
  events_.push_back(event);
}

void Trace::line(std::uint64_t time_us, std::size_t node, std::string_view text) {
  for (std::size_t i = 0; i < text.size(); i += 8) {
    hash_ = mix(hash_ + short_of(base::bytes_of(text.substr(i, 8))));
  }
  keep({{.time_us = time_us, .node = node}, std::string{text}});
}

std::vector<std::string> Trace::last() const {
  std::vector<std::string> lines;
  auto const first = added_ < kept_max ? 0 : added_ % kept_max;
  for (std::size_t i = 0; i < kept_.size(); ++i) {
    lines.push_back(to_line(kept_[(first + i) % kept_.size()]));
  }
  return lines;
}

}  // namespace sim
