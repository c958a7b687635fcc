#include "wallet/keystore/keystore.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "wallet/file.h"
#include "wallet/suggest.h"

namespace wallet {

namespace fs = std::filesystem;

fs::path Keystore::path_of(std::string_view name) const {
  return folder_ / fmt::format("{}.json", name);
}

std::vector<std::string> Keystore::names() const {
  std::vector<std::string> names;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator{folder_, error}) {
    if (entry.path().extension() == ".json") names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  return names;
}

Result<std::vector<KeyFile>> Keystore::list() const {
  std::vector<KeyFile> files;
  for (auto const& name : names()) {
    TRY(file, find(name));
    files.push_back(std::move(file));
  }
  return files;
}

Result<KeyFile> Keystore::find(std::string_view name) const {
  auto const existing = names();
  if (std::ranges::find(existing, name) == existing.end()) {
    auto hint = did_you_mean(name, existing);
    if (hint.empty()) {
      hint = existing.empty() ? fmt::format("Make one: `labor key new {}`.", name)
                              : "`labor key list` shows the keys there are.";
    }
    return problem(Exit::key, "NO_SUCH_KEY", fmt::format("There is no key `{}`.", name), hint);
  }
  auto const path = path_of(name);
  std::error_code error;
  auto const open_to_others =
      fs::status(path, error).permissions() & (fs::perms::group_all | fs::perms::others_all);
  if (error || open_to_others != fs::perms::none) {
    return problem(Exit::key, "KEY_FILE_OPEN",
                   fmt::format("Others may read or write {}.", path.string()),
                   fmt::format("Close it: `chmod 600 {}`.", path.string()));
  }
  TRY(text, read_file(path));
  auto file = parse_key_file(text);
  if (!file) {
    file.error().message += fmt::format(" ({})", path.string());
    return std::unexpected{file.error()};
  }
  if (file->name != name) {
    return problem(Exit::key, "KEY_FILE_DAMAGED",
                   fmt::format("{} holds the key `{}`.", path.string(), file->name),
                   "Give the file its name back.");
  }
  return std::move(*file);
}

Result<fs::path> Keystore::add(KeyFile const& file) const {
  auto path = path_of(file.name);
  auto const written = write_file(path, render(file), Existing::refuse);
  if (!written && written.error().reason == "FILE_EXISTS") {
    return usage("KEY_EXISTS",
                 fmt::format("There is a key `{}` already, in {}.", file.name, path.string()),
                 "Choose another name: a key is never written over.");
  }
  if (!written) return std::unexpected{written.error()};
  return path;
}

}  // namespace wallet
