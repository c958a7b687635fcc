#include "wallet/light/epoch_cache.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "protocol/base/hex.h"
#include "protocol/validators/set.h"
#include "wallet/file.h"
#include "wallet/json.h"

namespace wallet {

namespace fs = std::filesystem;

namespace {

fs::path path_of(fs::path const& home, protocol::Chain const& chain) {
  return home / "epochs" / fmt::format("{}.json", base::hex(chain.hash().view()));
}

bool is_text(json::value const* value, std::string_view text) {
  return value != nullptr && value->is_string() && value->get_string() == text;
}

std::optional<labor::v1::ValidatorSet> set_in(json::value const& entry, protocol::Network network) {
  if (!entry.is_object()) return std::nullopt;
  auto const* const value = entry.get_object().if_contains("set");
  labor::v1::ValidatorSet set;
  if (value == nullptr || !from_json(*value, network, set)) return std::nullopt;
  auto const hash = base::hex(validators::hash_of(set).view());
  if (!is_text(entry.get_object().if_contains("hash"), hash)) return std::nullopt;
  return set;
}

// All or nothing: a file with one damaged set is no file of ours.
std::optional<std::vector<labor::v1::ValidatorSet>> sets_in(json::value const& file,
                                                            Trust const& trust) {
  if (!file.is_object()) return std::nullopt;
  auto const& object = file.get_object();
  auto const genesis = base::hex(trust.chain().hash().view());
  if (!is_text(object.if_contains("genesis_hash"), genesis)) return std::nullopt;
  auto const* const entries = object.if_contains("sets");
  if (entries == nullptr || !entries->is_array()) return std::nullopt;
  std::vector<labor::v1::ValidatorSet> sets;
  for (auto const& entry : entries->get_array()) {
    auto set = set_in(entry, trust.network());
    if (!set) return std::nullopt;
    sets.push_back(*std::move(set));
  }
  return sets;
}

}  // namespace

void load_epochs(fs::path const& home, Trust& trust) {
  auto const text = read_file(path_of(home, trust.chain()));
  if (!text) return;
  auto const file = parse_json(*text);
  if (!file) return;
  auto sets = sets_in(*file, trust);
  if (!sets) return;
  for (auto& set : *sets) {
    // Epoch 0 is the genesis' alone to say.
    if (set.epoch() != 0) trust.know(std::move(set));
  }
}

Result<void> save_epochs(fs::path const& home, Trust const& trust) {
  auto const& known = trust.sets();
  auto const kept = std::min(known.size(), cached_sets_max);
  json::array sets;
  for (auto at = std::prev(known.end(), static_cast<std::ptrdiff_t>(kept)); at != known.end();
       ++at) {
    auto const& set = at->second.set;
    sets.push_back({{"hash", base::hex(validators::hash_of(set).view())},
                    {"set", to_json(set, trust.network())}});
  }
  json::object const file{{"genesis_hash", base::hex(trust.chain().hash().view())},
                          {"sets", std::move(sets)}};
  return write_file(path_of(home, trust.chain()), pretty(file) + "\n", Existing::replace);
}

}  // namespace wallet
