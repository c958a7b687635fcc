// The folder of key files: one a key, NAME.json, mode 0600.

#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "wallet/keystore/key_file.h"
#include "wallet/problem.h"

namespace wallet {

class Keystore {
 public:
  explicit Keystore(std::filesystem::path folder) : folder_{std::move(folder)} {}

  // By name, ascending. A file that cannot be read is an error, never left out.
  Result<std::vector<KeyFile>> list() const;
  // NO_SUCH_KEY with the nearest name; KEY_FILE_OPEN if others may read the file.
  Result<KeyFile> find(std::string_view name) const;
  // Where it went. Refuses a name that is taken.
  Result<std::filesystem::path> add(KeyFile const& file) const;

  std::filesystem::path path_of(std::string_view name) const;

 private:
  std::vector<std::string> names() const;

  std::filesystem::path folder_;
};

}  // namespace wallet
