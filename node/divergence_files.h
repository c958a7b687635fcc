// What a node that diverged leaves in its home folder:
//
//   diverged-<height>-<16 digits of the block hash>.txt    what the block says, what this node says
//   diverged-<height>-<16 digits of the block hash>.block  the block: an encoded labor.v1.Block

#pragma once

#include <filesystem>
#include <string>

#include "node/engine/divergence.h"

namespace node {

// The sentence to end with: where the files are and what to do. Files of an earlier start that
// met the same block are left as they are.
std::string keep_divergence(std::filesystem::path const& home, Divergence const& divergence);

}  // namespace node
