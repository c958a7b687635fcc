#include "wallet/outbox.h"

#include <fmt/format.h>

#include <algorithm>
#include <system_error>

#include "protocol/base/hex.h"
#include "wallet/file.h"

namespace wallet {

namespace fs = std::filesystem;

Result<fs::path> Outbox::keep(Document const& document) const {
  auto path = folder_ / fmt::format("{}.json", base::hex(document.id().view()));
  TRY_VOID(write_file(path, document.text() + "\n", Existing::replace));
  return path;
}

Result<Document> Outbox::find(protocol::TransactionId const& id) const {
  auto const path = folder_ / fmt::format("{}.json", base::hex(id.view()));
  std::error_code error;
  if (!fs::exists(path, error)) {
    return usage("UNKNOWN_TRANSACTION", "This wallet has not signed that transaction.",
                 "`labor tx list` shows what it has signed.");
  }
  TRY(text, read_file(path));
  return parse_document(text);
}

Result<std::vector<Document>> Outbox::last(std::size_t count) const {
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  std::error_code error;
  for (auto const& entry : fs::directory_iterator{folder_, error}) {
    if (entry.path().extension() == ".json") {
      files.emplace_back(entry.last_write_time(error), entry.path());
    }
  }
  std::ranges::sort(files, std::ranges::greater{});
  if (files.size() > count) files.resize(count);
  std::vector<Document> documents;
  for (auto const& [written, path] : files) {
    TRY(text, read_file(path));
    TRY(document, parse_document(text));
    documents.push_back(std::move(document));
  }
  return documents;
}

}  // namespace wallet
