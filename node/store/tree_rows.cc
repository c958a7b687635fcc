#include "node/store/tree_rows.h"

#include <cstdint>

#include "node/store/rows.h"
#include "protocol/base/check.h"
#include "protocol/state/tree.h"

namespace node {
namespace {

// Whether the path begins with the first `depth` nibbles that `nibbles` packs.
bool begins(std::string_view path, std::string_view nibbles, std::size_t depth) {
  if (path.substr(0, depth / 2) != nibbles.substr(0, depth / 2)) return false;
  if (depth % 2 == 0) return true;
  constexpr unsigned upper = 0xf0;
  return ((static_cast<unsigned char>(path[depth / 2]) ^
           static_cast<unsigned char>(nibbles[depth / 2])) &
          upper) == 0;
}

std::vector<state::LeafChange> leaves_below(Database const& database,
                                            leveldb::Snapshot const* snapshot, state::Module module,
                                            std::string_view prefix) {
  auto const depth = std::size_t{static_cast<unsigned char>(prefix[0])};
  auto const nibbles = prefix.substr(1);
  auto const table = rows::values(module);
  std::vector<state::LeafChange> leaves;
  database.scan(table, table + std::string{nibbles}, snapshot, [&](auto key, auto row) {
    auto const path = protocol::Hash::from(key.substr(table.size()));
    CHECK(path.has_value());  // We wrote it.
    if (!begins(path->chars(), nibbles, depth)) return false;
    leaves.push_back({*path, state::value_hash(rows::decode_value(row))});
    return true;
  });
  return leaves;
}

}  // namespace

std::optional<std::string> large_node(Database const& database, leveldb::Snapshot const* snapshot,
                                      state::Module module, std::string_view prefix) {
  return database.get(rows::tree_node(module, prefix), snapshot);
}

std::vector<std::pair<std::string, std::string>> small_nodes(Database const& database,
                                                             leveldb::Snapshot const* snapshot,
                                                             state::Module module,
                                                             std::string_view prefix) {
  CHECK(!prefix.empty());
  auto const at_the_top = prefix[0] == 0;
  if (at_the_top) return {};
  return state::subtree(prefix, leaves_below(database, snapshot, module, prefix));
}

}  // namespace node
