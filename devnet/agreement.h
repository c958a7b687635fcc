// Checks that hold on a whole devnet: money adds up and validators agree.

#pragma once

#include <labor/v1/bank.pb.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "devnet/network.h"
#include "devnet/node_client.h"

namespace devnet {

// "USD"
std::string_view asset_name(labor::v1::Asset asset);

// Minor units as "+500.00", "-1.000001", "+0.00".
std::string change_text(std::int64_t amount);

// One line an asset: what each kind of holder has, and that the sum is the supply. An error if
// it is not.
Result<std::vector<std::string>> supply_lines(NodeClient const& node);

// Every running validator catches up to the highest one and then has the same block, receipts
// and state root at every height. Says at how many heights of how many validators; an error
// names the first difference. `each` is shown every block that all have, and may object.
Result<std::string> nodes_agree(
    Network const& network,
    std::function<Result<>(labor::v1::GetBlockResponse const&)> const& each = {});

}  // namespace devnet
