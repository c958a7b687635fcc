#include "tests/source/root.h"

namespace testing_support {

std::filesystem::path source_root() {
  return SOURCE_ROOT;
}

}  // namespace testing_support
