// What a client is told of a document that is not taken, not given or not erased.

#pragma once

#include "node/api/refusal.h"
#include "node/documents/refusal.h"

namespace node {

Refusal refused(DocumentRefusal refusal);

}  // namespace node
