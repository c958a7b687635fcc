// A devnet on disk and in processes: a home with the genesis, one folder per validator, the
// people's wallet, the clock offset and the links; and what runs of it.
//
//   HOME/devnet.json    what was made: chain, ports, processes (pid and start time)
//   HOME/genesis.json   from the seed alone: the same seed gives the same genesis hash
//   HOME/node-N/        home of validator N's labord; node-N.log beside it
//   HOME/node-N/offset_ms    how far its clock was moved, in ms
//   HOME/wallet/        home of labor for the ten people
//   HOME/links          the links between validators (devnet/link_proxy.h), where proxied
//
// Threads: one. Errors are sentences for people.

#pragma once

#include <cstdint>
#include <expected>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "devnet/link_proxy.h"
#include "devnet/process.h"
#include "protocol/types.h"

namespace devnet {

template <class T = void>
using Result = std::expected<T, std::string>;

struct NetworkOptions {
  unsigned validators = 4;
  // Everything secret on a devnet follows from it, and is public.
  std::string seed = "labor";
  // 0 = ports that the kernel chooses.
  std::uint16_t port_base = 0;
  // Links through the proxy, so that they can be delayed and cut.
  bool proxied = true;
  std::uint32_t delay_ms = 0;
  // Further funded accounts, for benchmarks.
  std::uint64_t accounts = 0;
};

struct Validator {
  std::string name;
  std::uint16_t api_port = 0;
  std::uint16_t peer_port = 0;
  std::uint16_t web_port = 0;
  ProcessName process;
};

class Network {
 public:
  // Makes a new home, which must be empty or missing. Nothing runs yet.
  static Result<Network> create(std::filesystem::path const& home, NetworkOptions const& options);
  static Result<Network> open(std::filesystem::path const& home);

  // Starts the proxy, if any, and every validator that does not run.
  Result<> start_all();
  Result<> start_validator(unsigned number);
  // SIGTERM, then SIGKILL after `stop_timeout_ms`.
  Result<> stop_validator(unsigned number);
  Result<> stop_all();

  // Waits until a block is final on every running validator.
  Result<> wait_ready(int timeout_ms) const;

  Result<> kill_validator(unsigned number);
  Result<> pause_validator(unsigned number);
  Result<> resume_validator(unsigned number);
  Result<> restart_validator(unsigned number);
  // Its files can grow no longer, as on a full disk. Until it is started again.
  Result<> fill_disk(unsigned number);
  Result<> delay_links(std::uint32_t delay_ms);
  // Of every link from and to it: others see it leave, and come back.
  Result<> disconnect_validator(unsigned number);
  Result<> reconnect_validator(unsigned number);
  // Changes links one by one, all at once for the proxy, which follows within 50 ms.
  Result<> change_links(std::function<void(Link&)> const& change);

  // Moves the devnet's clock; the nodes follow within a second. pass_time() waits for them.
  Result<> advance_time(std::uint64_t duration_ms);
  // Moves the clock of one validator, which is then ahead of the others.
  Result<> advance_clock(unsigned number, std::uint64_t duration_ms);

  // One line per validator, for people: runs or not, height, view, peers, mempool.
  std::string state_of_nodes() const;

  std::filesystem::path const& home() const { return home_; }
  std::filesystem::path wallet_home() const { return home_ / "wallet"; }
  std::filesystem::path log_of(unsigned number) const;
  protocol::Address address_of(std::string_view person) const;
  std::string address_text_of(std::string_view person) const;
  std::string const& seed() const { return seed_; }
  std::string const& chain_id() const { return chain_id_; }
  std::vector<Validator> const& validators() const { return validators_; }
  bool runs(unsigned number) const { return running(validators_[number].process); }
  // The first validator that runs: whom to ask.
  Result<unsigned> living() const;

 private:
  Network() = default;

  Result<> save() const;
  Result<> check_number(unsigned number) const;
  Result<> configure(NetworkOptions const& options);

  std::filesystem::path home_;
  std::string chain_id_;
  std::string seed_;
  std::vector<Validator> validators_;
  bool proxied_ = false;
  ProcessName proxy_;
};

// The programs stand beside this one.
std::filesystem::path program(std::string_view name);

}  // namespace devnet
