#include "node/divergence_files.h"

#include <fmt/format.h>

#include <expected>

#include "node/files.h"
#include "node/version.h"
#include "protocol/base/hex.h"

namespace node {
namespace {

constexpr unsigned mode = 0640;
constexpr std::size_t hash_digits = 16;

std::expected<void, std::string> keep(std::filesystem::path const& path, std::string_view text) {
  if (std::filesystem::exists(path)) return {};
  return write_new_file(path, text, mode);
}

}  // namespace

std::string keep_divergence(std::filesystem::path const& home, Divergence const& divergence) {
  auto const name = fmt::format("diverged-{}-{}", divergence.height.value(),
                                base::hex(divergence.block.view()).substr(0, hash_digits));
  auto const block = home / (name + ".block");
  auto const text = home / (name + ".txt");
  auto said = fmt::format("labord {} does not agree with a final block, and stopped\n{}", version,
                          report(divergence));
  if (!divergence.bytes.empty()) said += fmt::format("block bytes        {}\n", block.string());
  said +=
      "what to do         ask the other validators for the state root at this height. If theirs\n"
      "                   is the block's, this node is wrong: keep this file and the data folder\n"
      "                   for whoever looks into it, and restore another node's snapshot.\n";
  auto done =
      divergence.bytes.empty() ? std::expected<void, std::string>{} : keep(block, divergence.bytes);
  if (done) done = keep(text, said);
  if (!done) {
    return fmt::format("its particulars could not be written to {}: {}. Keep the data folder",
                       text.string(), done.error());
  }
  return fmt::format("read {} and keep it with the data folder before starting again",
                     text.string());
}

}  // namespace node
