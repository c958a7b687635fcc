// Block bodies that the shell accepts, and ports that record what they are told.

#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "consensus/shell/journaled_signer.h"
#include "consensus/shell/runner.h"
#include "tests/support/consensus_keys.h"

namespace consensus {

struct BlockFields {
  BlockHash parent{};
  std::uint64_t height = 1;
  std::uint64_t time_ms = 1'000'000;
  std::uint32_t proposer = 1;
  bool boundary = false;
  std::vector<std::string> transactions{};
};
Body encode_block(GenesisHash const& genesis, BlockFields const& fields);
// The same, read; CHECKs that it is sound.
Block make_block(GenesisHash const& genesis, BlockFields const& fields);

// Every port, writing one line per call into `log`: "journal 1", "send vote v=1 ...", ...
class RecordingPorts final : public Journal,
                             public SigningKey,
                             public Network,
                             public Timers,
                             public Clock,
                             public Executor,
                             public Trace {
 public:
  RecordingPorts(Keys const& keys, std::size_t self) : keys_{keys}, self_{self} {}

  Ports ports() {
    return {signer_ == nullptr ? local_ : *signer_, *this, *this, *this, *this, *this};
  }
  // From here on `signer` is asked instead of the recording key and journal.
  void sign_with(Signer& signer) { signer_ = &signer; }

  // The lines since the last call.
  std::vector<std::string> take();

  std::vector<std::string> log;
  std::vector<std::string> trace;
  protocol::TimeMs time{1'000'000};
  bool disk_fails = false;
  std::vector<FinalBlock> commits;

  std::expected<void, DiskFailure> append_and_sync(JournalEntry const& entry) override;
  std::expected<void, DiskFailure> committed(View floor) override;
  Signature sign(Statement const& statement) override { return keys_.sign(self_, statement); }
  void send(SignerSet to, Vote const& vote) override;
  void send(SignerSet to, Certificate const& certificate) override;
  void send(SignerSet to, ProposalMessage const& proposal) override;
  void fetch_view(ValidatorIndex from, View view) override;
  void fetch_body(ValidatorIndex from, BlockHash const& block) override;
  void fetch_blocks(PublicKey const& from, Height first, std::uint32_t count_max) override;
  void gossip_again() override { log.emplace_back("gossip again"); }
  void arm(TimerId timer, std::uint64_t delay_ms) override;
  void cancel(TimerId timer) override;
  protocol::TimeMs now() override { return time; }
  void build(Build const& order) override;
  void execute(View view, Block const& block) override;
  void store_body(Block const& block) override;
  void commit(FinalBlock const& block) override;
  void diverged(BlockRef const& block) override;
  bool wanted() const override { return true; }
  void line(std::string_view text) override { trace.emplace_back(text); }

 private:
  Keys const& keys_;
  std::size_t self_;
  JournaledSigner local_{*this, *this};
  Signer* signer_ = nullptr;
};

}  // namespace consensus
