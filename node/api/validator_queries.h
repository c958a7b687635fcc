// What a node is asked about validators: a function of a request and a snapshot, as in queries.h.

#pragma once

#include <labor/v1/node_service.pb.h>

#include "node/api/refusal.h"
#include "node/store/snapshot.h"

namespace node {

// EPOCH_NOT_FOUND {epoch}: the chain has not reached it.
Answer<labor::v1::GetValidatorsResponse> get_validators(
    Snapshot const& snapshot, labor::v1::GetValidatorsRequest const& request);

}  // namespace node
