#include "node/store/finality.h"

#include <labor/v1/block.pb.h>

#include <utility>

#include "protocol/base/check.h"

namespace node {

using protocol::Height;

std::optional<Finality> finality_of(Snapshot const& snapshot, Height height, Height last) {
  for (auto top = height; top <= last; top = top.next()) {
    auto finalization = snapshot.finalization(top);
    if (!finalization) continue;
    Finality finality{.finalization = *std::move(finalization), .headers = {}};
    for (auto at = top; at > height; at = Height{at.value() - 1}) {
      auto const block = snapshot.block(at);
      CHECK(block.has_value());
      finality.headers.push_back(header_of(*block));
    }
    return finality;
  }
  return std::nullopt;
}

std::string header_of(std::string const& block) {
  labor::v1::Block read;
  CHECK(read.ParseFromString(block));
  return std::move(*read.mutable_header());
}

}  // namespace node
