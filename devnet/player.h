// Plays a story on a devnet, through the wallet, and checks what it says must hold.
//
// Threads: one.

#pragma once

#include <boost/json/value.hpp>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "devnet/network.h"
#include "devnet/node_client.h"
#include "devnet/story.h"

namespace devnet {

// What a player reports as it goes.
struct Telling {
  // One line for people a call.
  std::function<void(std::string const&)> print;
  // A transaction of the story is final.
  std::function<void()> finalized = [] {};
};

class Player {
 public:
  Player(Network& network, Telling telling);

  // Balances before the first step are what HOLDER has CHANGE counts from. The error says which
  // line did not hold, and why; every node's state was printed then.
  Result<> play(Story const& story);

 private:
  using Balances = std::map<std::string, std::int64_t>;

  Result<> on(Say const& say);
  Result<> on(Act const& act);
  Result<> on(Fails const& fails);
  Result<> on(Sees const& sees);
  Result<> on(Waits const& waits);
  Result<> on(Has const& has);
  Result<> on(SupplyHolds const& holds);
  Result<> on(NodesAgree const& agree);
  Result<> on(TimePasses const& passes);
  Result<> on(TimePassesUntil const& moment);
  Result<> on(ValidatorFate const& fate);
  Result<> on(LinksDelay const& delay);
  Result<> on(PeopleAsk const& ask);
  Result<> on(FileChanges const& changes);

  // The wallet's answer: its JSON envelope and exit code.
  struct Answer {
    int code = 0;
    boost::json::value envelope;
  };
  Result<Answer> wallet(std::string const& person, std::vector<std::string> const& command) const;
  // $NAME and @PERSON replaced.
  Result<std::string> resolved(std::string const& word) const;

  Result<Balances> balances() const;

  Network& network_;
  Telling telling_;
  std::map<std::string, std::string> names_;
  std::optional<unsigned> asked_;  // Whom wallets ask; nothing: the first that runs.
  Balances at_start_;
};

}  // namespace devnet
