// Where the source lies that the tests read: documents, schema, vectors beside it.

#pragma once

#include <filesystem>

namespace testing_support {

std::filesystem::path source_root();

}  // namespace testing_support
