// HOME/devnet.json: what a devnet was made of and which processes run of it. Written by one
// labor-devnet command and read by the next.

#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "devnet/network.h"

namespace devnet {

struct Description {
  std::string chain_id;
  std::string seed;
  std::vector<Validator> validators;
  bool proxied = false;
  ProcessName proxy;
};

Result<Description> read_description(std::string_view json);
std::string write_description(Description const& description);

}  // namespace devnet
