#include "wallet/light/record.h"

#include "protocol/codec/canonical.h"
#include "protocol/state/keys.h"

namespace wallet {

std::optional<StoredRecord> stored_record(labor::v1::Record const& record) {
  auto key = state::key_of(record);
  if (!key) return std::nullopt;
  auto const& reflection = *record.GetReflection();
  auto const* const field =
      reflection.GetOneofFieldDescriptor(record, record.GetDescriptor()->oneof_decl(0));
  if (field == nullptr) return std::nullopt;
  return StoredRecord{.key = *std::move(key),
                      .value = canonical::encode(reflection.GetMessage(record, field))};
}

}  // namespace wallet
