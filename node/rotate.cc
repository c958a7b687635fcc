#include "node/rotate.h"

#include <fmt/format.h>
#include <labor/v1/validators.pb.h>

#include "node/home.h"
#include "node/key_file.h"
#include "node/signer_home.h"
#include "node/store/disk.h"
#include "protocol/base/hex.h"
#include "protocol/base/try.h"
#include "protocol/validators/seats.h"

namespace node {
namespace {

namespace fs = std::filesystem;

// What the operator of the seat types.
std::string command(Home const& home, crypto::SecretKey const& key) {
  labor::v1::RotateValidatorKeys message;
  message.set_consensus_key(home.key.str());
  message.set_new_consensus_key(key.public_key().str());
  message.set_new_node_key(home.identity.key.str());
  auto const proof =
      key.sign(base::bytes_of(validators::rotation_bytes(home.chain.hash(), message)));
  return fmt::format("labor validator rotate {} {} {} {}", base::hex(message.consensus_key()),
                     base::hex(message.new_consensus_key()), base::hex(message.new_node_key()),
                     base::hex(proof.view()));
}

std::string begin(Home const& home, protocol::PublicKey const& key, std::string const& where) {
  return fmt::format(
      "Made a consensus key for chain {}\n\n"
      "  in use  {}\n"
      "  new     {}\n\n"
      "Both are public. The new one's secret is in {}: back it up.\n\n"
      "Next, for one validator at a time:\n",
      home.chain.id(), base::hex(home.key.view()), base::hex(key.view()), where);
}

std::string end(std::string_view thereafter) {
  return fmt::format(
      "\nThe node then follows without voting, says by itself that the new key is ready, and "
      "votes\n"
      "with it from the next boundary on: `labor validator list` shows the seat as seated again.\n"
      "The key that is in use now can never be used again{}.\n",
      thereafter);
}

OrExit<std::string> rotate_in_node(Home const& home) {
  if (!home.consensus_key) {
    return exit_with(ExitCode::usage,
                     "a signer has the consensus key of this node, and a signer has one key for "
                     "good: say in which folder the next one is to be made, --signer FOLDER");
  }
  auto const seed = Seed::random();
  auto const key = seed.key();
  auto const file =
      fmt::format("validator-{}.key", base::hex(key.public_key().view()).substr(0, 8));
  auto const written = write_key_file(home.folder / file, seed);
  if (!written) return exit_with(ExitCode::disk, written.error().message);
  return begin(home, key.public_key(), (home.folder / file).string()) +
         fmt::format(
             "  1. the operator of the seat has it registered:\n"
             "     {0}\n"
             "  2. in {1}/labord.toml, section [keys]: validator = \"{2}\"\n"
             "  3. stop the node, then: labord run --home {1}\n",
             command(home, key), home.folder.string(), file) +
         end("");
}

OrExit<std::string> rotate_into_signer(Home const& home, fs::path const& folder) {
  TRY(signer, make_signer_home(folder, home.chain, machine_disk()));
  auto const key_file = home.path(home.config.validator_key).string();
  auto const unless_apart =
      home.consensus_key ? fmt::format("     move {} out of the node's folder\n", key_file) : "";
  return begin(home, signer.key.public_key(), (folder / "validator.key").string()) +
         fmt::format(
             "  1. labord signer --home {0}      keep it running\n"
             "  2. the operator of the seat has it registered:\n"
             "     {1}\n"
             "  3. in {2}/labord.toml, section [signer]:\n"
             "     socket = \"{3}\"\n"
             "     key = \"{4}\"\n"
             "{5}"
             "  4. stop the node, then: labord run --home {2}\n",
             folder.string(), command(home, signer.key), home.folder.string(),
             signer.socket().string(), base::hex(signer.key.public_key().view()), unless_apart) +
         end(home.consensus_key ? "" : ": stop its signer, and remove that one's folder");
}

}  // namespace

OrExit<std::string> rotate(RotateOptions const& options) {
  TRY(home, load_home(options.home));
  if (!options.signer) return rotate_in_node(home);
  return rotate_into_signer(home, fs::absolute(*options.signer).lexically_normal());
}

}  // namespace node
