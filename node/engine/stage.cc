#include "node/engine/stage.h"

#include <ctime>

#include "protocol/base/check.h"

namespace node {
namespace {

std::uint64_t cpu_ns(clockid_t clock) {
  timespec now{};
  CHECK(clock_gettime(clock, &now) == 0);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000 +
         static_cast<std::uint64_t>(now.tv_nsec);
}

}  // namespace

std::string_view name_of(Stage stage) {
  switch (stage) {
    case Stage::verify:
      return "verify";
    case Stage::execute:
      return "execute";
    case Stage::store:
      return "store";
    case Stage::consensus:
      return "consensus";
  }
  UNREACHABLE();
}

std::uint64_t StageCosts::process_cpu_us() {
  return cpu_ns(CLOCK_PROCESS_CPUTIME_ID) / 1000;
}

Stopwatch::Stopwatch(StageCosts& costs, Stage stage)
    : costs_{costs}, stage_{stage}, started_ns_{cpu_ns(CLOCK_THREAD_CPUTIME_ID)} {}

Stopwatch::~Stopwatch() {
  costs_.charge(stage_, cpu_ns(CLOCK_THREAD_CPUTIME_ID) - started_ns_);
}

}  // namespace node
