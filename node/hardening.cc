#include "node/hardening.h"

#include <sys/prctl.h>
#include <sys/resource.h>

#include <csignal>

namespace node {

void protect_memory() {
  rlimit const none{.rlim_cur = 0, .rlim_max = 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void turn_signals_into_errors() {
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace node
