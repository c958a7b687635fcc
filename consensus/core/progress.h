// Certificates, and what they move: the view and the last final block (R9, R11, R12).

#pragma once

#include "consensus/core/context.h"

namespace consensus {

// Takes a certificate in, if it is news; moves on to the next view and raises the floor.
void learn(Context const& context, Certificate const& certificate);

}  // namespace consensus
