#include "node/hardening.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>

namespace node {

void protect_memory() {
  rlimit const none{.rlim_cur = 0, .rlim_max = 0};
  setrlimit(RLIMIT_CORE, &none);
  prctl(PR_SET_DUMPABLE, 0, 0, 0, 0);
}

void ignore_broken_pipes() {
  signal(SIGPIPE, SIG_IGN);
}

}  // namespace node
