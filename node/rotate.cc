#include "node/rotate.h"

#include <fmt/format.h>
#include <labor/v1/validators.pb.h>

#include "node/home.h"
#include "node/key_file.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"
#include "protocol/validators/seats.h"

namespace node {
namespace {

// A signer has one key for good.
constexpr auto signer_step =
    "     and in section [signer]: socket = \"\"; stop the signer, whose key is given up.\n"
    "     When the new key votes, `labord signer init` moves it to a signer of its own\n";

}  // namespace

OrExit<std::string> rotate(std::filesystem::path const& folder) {
  TRY(home, load_home(folder));
  auto const seed = Seed::random();
  auto const key = seed.key();
  auto const digits = base::hex(key.public_key().view());
  auto const file = fmt::format("validator-{}.key", digits.substr(0, 8));

  labor::v1::RotateValidatorKeys message;
  message.set_consensus_key(home.key.str());
  message.set_new_consensus_key(key.public_key().str());
  message.set_new_node_key(home.identity.key.str());
  auto const signed_bytes = validators::rotation_bytes(home.chain.hash(), message);
  auto const proof = key.sign(base::bytes_of(signed_bytes));

  auto const written = write_key_file(folder / file, seed);
  if (!written) return exit_with(ExitCode::disk, written.error().message);
  return fmt::format(
      "Made a consensus key for chain {0}\n\n"
      "  in use  {1}\n"
      "  new     {2}\n\n"
      "Both are public. The new one's secret is in {3}: back it up.\n\n"
      "Next, for one validator at a time:\n"
      "  1. the operator of the seat has it registered:\n"
      "     labor validator rotate {1} {2} {4} {5}\n"
      "  2. in {6}/labord.toml, section [keys]: validator = \"{7}\"\n"
      "{8}"
      "  3. stop the node, then: labord run --home {6}\n\n"
      "The node then follows without voting, says by itself that the new key is ready, and votes\n"
      "with it from the next boundary on: `labor validator list` shows the seat as seated again.\n"
      "The key that is in use now can never be used again.\n",
      home.chain.id(), base::hex(home.key.view()), digits, (folder / file).string(),
      base::hex(home.identity.key.view()), base::hex(proof.view()), folder.string(), file,
      home.consensus_key ? "" : signer_step);
}

}  // namespace node
