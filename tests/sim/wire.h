// What validators say to each other, as the bytes of labor.v1.PeerMessage, and back.
//
// Opening a message is the real decoding and the real verification. They depend on the bytes and
// the stream alone, so the result is remembered for all simulated nodes: each signature is checked
// once, and checked.

#pragma once

#include <labor/v1/peer_service.pb.h>

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "consensus/certificate/verify.h"
#include "consensus/shell/catch_up.h"
#include "consensus/shell/ports.h"
#include "consensus/shell/verify.h"
#include "protocol/execution/transaction.h"
#include "tests/sim/epochs.h"
#include "tests/sim/network.h"

namespace sim {

// ---- requests and answers that are not signed ----

struct ViewRequest {
  consensus::Epoch epoch{};
  consensus::View view{};
};
struct BodyRequest {
  consensus::BlockHash block{};
};
struct BlocksRequest {
  consensus::Height first{};
  std::uint32_t count_max = 0;
};

Payload wire(consensus::Vote const& vote);
Payload wire(consensus::Certificate const& certificate, consensus::ValidatorSet const& set);
Payload wire(consensus::ProposalMessage const& proposal, consensus::ValidatorSet const& set);
Payload wire(ViewRequest const& request);
Payload wire(BodyRequest const& request);
Payload wire(BlocksRequest const& request);
// An encoded one.
Payload wire_certificate(std::string const& certificate);
Payload wire_body(std::string const& block);
Payload wire(labor::v1::FinalBlocks const& range);
Payload wire_transactions(std::vector<std::string> const& transactions);

// ---- what has been opened ----

struct Refused {
  std::string why;
};
using Transactions = std::vector<execution::CheckedPtr>;
using Opened = std::variant<Refused, consensus::Verified<consensus::Vote>,
                            consensus::Verified<consensus::Certificate>,
                            consensus::ReceivedProposal, ViewRequest, BodyRequest, BlocksRequest,
                            consensus::Block, consensus::FinalRange, Transactions>;

// Of what belongs to an epoch: which, and the view it is about.
struct Place {
  consensus::Epoch epoch{};
  consensus::View view{};
};
std::optional<Place> place_of(Opened const& message);

class Opener {
 public:
  Opener(Epochs const& epochs, protocol::Chain const& chain) : epochs_{epochs}, chain_{chain} {}

  Opened const& open(std::size_t from, std::string const& bytes);

  // A transaction whose signatures are good; null where they are not.
  execution::CheckedPtr check(std::string const& transaction);

 private:
  Opened read(std::size_t from, std::string const& bytes);
  // With the validators of the epoch that `statement`, an encoded vote or certificate, names.
  template <class Verify>
  Opened verified(std::string const& statement, Verify const& verify) const;
  Opened read_certificate(std::string const& certificate);
  Opened read_transactions(std::vector<std::string> const& transactions);

  Epochs const& epochs_;
  protocol::Chain const& chain_;
  std::map<std::pair<std::size_t, std::string>, Opened> opened_;
  // Whoever sends them: they do not depend on the stream.
  std::map<std::string, Opened> certificates_;
  std::map<std::string, execution::CheckedPtr> transactions_;
};

}  // namespace sim
