#include "tests/support/temp_folder.h"

#include <cstdlib>
#include <string>

#include "protocol/base/check.h"

namespace testing_support {

TempFolder::TempFolder() {
  auto pattern = (std::filesystem::temp_directory_path() / "labor-test-XXXXXX").string();
  CHECK(::mkdtemp(pattern.data()) != nullptr);
  path_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;  // A folder left behind in /tmp is no reason to fail.
  std::filesystem::remove_all(path_, ignored);
}

}  // namespace testing_support
