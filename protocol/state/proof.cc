#include "protocol/state/proof.h"

#include <iterator>
#include <vector>

#include "protocol/base/check.h"
#include "protocol/base/try.h"
#include "protocol/state/tree.h"
#include "protocol/state/tree_node.h"

namespace state {
namespace {

using labor::v1::StateProof;

// The binary levels of one proof, filled from the top down.
class Descent {
 public:
  Descent(Reader const& reader, Module module, protocol::Hash const& path)
      : reader_{reader}, module_{module}, path_{path} {}

  // Fills siblings into `proof` and returns what stands at the end of the path.
  Slot run(StateProof& proof) {
    std::string bitmap(bits_max / 8, '\0');
    Slot end;
    for (unsigned depth = 0; !walk_node(depth, proof, bitmap, end); ++depth) {
    }
    proof.set_siblings_bitmap(bitmap);
    return end;
  }

 private:
  // Whether the path ended in the node at `depth`.
  bool walk_node(unsigned depth, StateProof& proof, std::string& bitmap, Slot& end) const {
    auto const bytes = reader_.node(module_, prefix_of(path_, depth));
    CHECK(bytes || depth == 0);  // A parent names it.
    auto const node = bytes ? TreeNode::decode(*bytes) : TreeNode{};
    std::size_t place = 1;
    for (unsigned level = 4 * depth; level < 4 * depth + 4; ++level) {
      end = node.at(place);
      if (end.kind != Slot::Kind::node) return true;
      auto const bit = bit_of(path_, level);
      auto const& sibling = node.at(2 * place + 1 - bit);
      if (sibling.kind != Slot::Kind::empty) {
        bitmap[level / 8] = static_cast<char>(bitmap[level / 8] | 0x80 >> level % 8);
        proof.add_siblings(sibling.hash().str());
      }
      place = 2 * place + bit;
    }
    end = node.at(place);
    return end.kind != Slot::Kind::node;
  }

  Reader const& reader_;
  Module module_;
  protocol::Hash const& path_;
};

bool share_bits(protocol::Hash const& a, protocol::Hash const& b, unsigned count) {
  for (unsigned i = 0; i < count; ++i) {
    if (bit_of(a, i) != bit_of(b, i)) return false;
  }
  return true;
}

// The siblings of all levels, EMPTY where the bitmap says so; as many as the proof is deep.
std::expected<std::vector<protocol::Hash>, ProofRefusal> siblings_of(StateProof const& proof) {
  auto const bitmap = protocol::Hash::from(proof.siblings_bitmap());
  if (!bitmap) return std::unexpected{ProofRefusal::malformed};
  std::vector<protocol::Hash> siblings;
  int used = 0;
  for (unsigned level = 0; level < bits_max; ++level) {
    if (bit_of(*bitmap, level) == 0) continue;
    if (used == proof.siblings_size()) return std::unexpected{ProofRefusal::malformed};
    auto const sibling = protocol::Hash::from(proof.siblings(used++));
    if (!sibling || *sibling == empty_hash) return std::unexpected{ProofRefusal::malformed};
    siblings.resize(level);
    siblings.push_back(*sibling);
  }
  if (used != proof.siblings_size()) return std::unexpected{ProofRefusal::malformed};
  return siblings;
}

// The hash of what stands at the end of the path: the key's leaf, another leaf, or EMPTY.
std::expected<protocol::Hash, ProofRefusal> end_of(StateProof const& proof,
                                                   protocol::Hash const& path, unsigned depth,
                                                   std::optional<std::string_view> value) {
  auto const no_other = proof.other_path().empty() && proof.other_value_hash().empty();
  if (value) {
    if (!no_other) return std::unexpected{ProofRefusal::malformed};
    return leaf_hash(path, value_hash(*value));
  }
  if (no_other) return empty_hash;
  auto const other_path = protocol::Hash::from(proof.other_path());
  auto const other_value = protocol::Hash::from(proof.other_value_hash());
  if (!other_path || !other_value) return std::unexpected{ProofRefusal::malformed};
  if (*other_path == path || !share_bits(*other_path, path, depth)) {
    return std::unexpected{ProofRefusal::wrong_place};
  }
  return leaf_hash(*other_path, *other_value);
}

// The root of `module`, once all roots are known to hash to the state's.
std::expected<protocol::Hash, ProofRefusal> root_of(StateProof const& proof,
                                                    protocol::StateRoot const& root,
                                                    Module module) {
  if (proof.module_roots_size() != static_cast<int>(std::size(modules))) {
    return std::unexpected{ProofRefusal::malformed};
  }
  ModuleRoots roots;
  protocol::Hash wanted;
  for (int i = 0; i < proof.module_roots_size(); ++i) {
    auto const& row = proof.module_roots(i);
    auto const hash = protocol::Hash::from(row.root());
    auto const expected = modules[static_cast<std::size_t>(i)];
    if (!hash || row.module() != static_cast<std::uint32_t>(expected)) {
      return std::unexpected{ProofRefusal::malformed};
    }
    roots.emplace_back(expected, *hash);
    if (expected == module) wanted = *hash;
  }
  if (state_root(roots) != root) return std::unexpected{ProofRefusal::wrong_state};
  return wanted;
}

}  // namespace

StateProof prove(Reader const& reader, Key const& key) {
  StateProof proof;
  auto const path = path_of(key);
  auto const end = Descent{reader, key.module, path}.run(proof);
  if (end.kind == Slot::Kind::leaf && end.path != path) {
    proof.set_other_path(end.path.str());
    proof.set_other_value_hash(end.value.str());
  }
  for (auto const& [module, root] : module_roots(reader)) {
    auto& row = *proof.add_module_roots();
    row.set_module(static_cast<std::uint32_t>(module));
    row.set_root(root.str());
  }
  return proof;
}

std::string_view explain(ProofRefusal refusal) {
  switch (refusal) {
    case ProofRefusal::malformed:
      return "the proof is malformed: a length or a count is wrong";
    case ProofRefusal::wrong_state:
      return "the proof is of another state than the block says";
    case ProofRefusal::wrong_place:
      return "the proof shows another place than the record's";
    case ProofRefusal::wrong_root:
      return "the proof does not show what the node said: do not believe it";
  }
  UNREACHABLE();
}

std::expected<void, ProofRefusal> verify(StateProof const& proof, protocol::StateRoot const& root,
                                         Key const& key, std::optional<std::string_view> value) {
  auto const path = path_of(key);
  TRY(siblings, siblings_of(proof));
  auto const depth = static_cast<unsigned>(siblings.size());
  TRY(end, end_of(proof, path, depth, value));
  TRY(wanted, root_of(proof, root, key.module));

  auto hash = end;
  for (unsigned level = depth; level-- > 0;) {
    auto const& sibling = siblings[level];
    hash = bit_of(path, level) == 0 ? node_hash(hash, sibling) : node_hash(sibling, hash);
  }
  if (hash != wanted) return std::unexpected{ProofRefusal::wrong_root};
  return {};
}

}  // namespace state
