#include "node/engine/divergence.h"

#include <fmt/format.h>

#include "protocol/base/hex.h"
#include "protocol/state/tree.h"

namespace node {
namespace {

std::string line(std::string_view name, std::string_view theirs, std::string_view ours) {
  auto const* const verdict = theirs == ours ? "equal" : "DIFFERENT";
  return fmt::format("{:<18} {}\n  in the block     {}\n  by this node     {}\n", name, verdict,
                     base::hex(theirs), base::hex(ours));
}

}  // namespace

std::optional<Divergence::Own> executed_here(protocol::Chain const& chain,
                                             execution::Parent const& parent,
                                             labor::v1::BlockHeader const& header,
                                             std::span<execution::CheckedPtr const> transactions) {
  auto const built = execution::build(
      chain, parent, transactions,
      {.time = protocol::TimeMs{header.time_ms()},
       .proposer = protocol::ValidatorIndex{static_cast<std::uint8_t>(header.proposer())},
       .bytes_max = 0});
  if (built.transactions.size() != transactions.size()) return std::nullopt;
  Divergence::Own own{.header = built.header, .module_roots = {}};
  for (auto const& [module, root] : state::module_roots(*built.state)) {
    own.module_roots.emplace_back(static_cast<unsigned>(module), root);
  }
  return own;
}

std::string report(Divergence const& divergence) {
  auto text =
      fmt::format("height             {}\nblock hash         {}\nheld against it    {}\n",
                  divergence.height.value(), base::hex(divergence.block.view()), divergence.why);
  if (divergence.bytes.empty()) return text + "block bytes        not held by this node\n";
  auto const& theirs = divergence.header;
  text += fmt::format("parent hash        {}\nproposer           validator {}\n",
                      base::hex(theirs.parent_hash()), theirs.proposer());
  if (!divergence.own) {
    return text + fmt::format(
                      "state root         {}\nreceipts root      {}\n"
                      "by this node       nothing: it lacks the parent, or does not admit all of "
                      "the transactions\n",
                      base::hex(theirs.state_root()), base::hex(theirs.receipts_root()));
  }
  auto const& ours = divergence.own->header;
  text += line("state root", theirs.state_root(), ours.state_root());
  text += line("receipts root", theirs.receipts_root(), ours.receipts_root());
  text += line("transactions root", theirs.transactions_root(), ours.transactions_root());
  for (auto const& [module, root] : divergence.own->module_roots) {
    text += fmt::format("module {:<11} {}\n", module, base::hex(root.view()));
  }
  return text;
}

}  // namespace node
