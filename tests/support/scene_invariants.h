// What must always hold of a scene, whatever has been done in it (4-labor.md, Invariants).

#pragma once

#include "protocol/state/overlay.h"

namespace testing_support {

// Of all that the overlay itself holds; CHECKs.
void check_scene(state::Overlay const& scene);

}  // namespace testing_support
