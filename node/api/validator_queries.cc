#include "node/api/validator_queries.h"

#include <string>
#include <utility>

#include "protocol/validators/seats.h"
#include "protocol/validators/set.h"

namespace node {

Answer<labor::v1::GetValidatorsResponse> get_validators(
    Snapshot const& snapshot, labor::v1::GetValidatorsRequest const& request) {
  auto const present = snapshot.head().epoch;
  auto const asked = request.past() ? protocol::Epoch{request.epoch()} : present;
  auto set = validators::set_of_epoch(snapshot, asked);
  if (!set) {
    auto refusal = not_found("EPOCH_NOT_FOUND", "the chain has not reached this epoch");
    refusal.metadata = {{"epoch", std::to_string(present.value())}};
    return std::unexpected{refusal};
  }
  labor::v1::GetValidatorsResponse response;
  *response.mutable_set() = *std::move(set);
  auto seats = request.gone() ? validators::all_seats(snapshot) : validators::seats(snapshot);
  for (auto& seat : seats) *response.add_seats() = std::move(seat);
  response.set_epoch(present.value());
  response.set_height(snapshot.head().height.value());
  return response;
}

}  // namespace node
