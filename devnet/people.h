// The people of a devnet. Their keys follow from the devnet's seed, so everybody knows them:
// they are worth nothing anywhere else.

#pragma once

#include <labor/v1/genesis.pb.h>

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "protocol/crypto/sign.h"
#include "protocol/types.h"

namespace devnet {

struct Person {
  std::string_view name;
  std::string_view what;
  // At genesis, in whole units.
  std::uint64_t usd = 0;
  std::uint64_t lbr = 0;
  bool member = true;
  bool arbiter = false;  // May sit on juries.
  bool council = false;  // Sits on the council; attested from the start, and so votes.
};

inline constexpr std::array people{
    Person{"client", "hires and pays", 10'000, 100, true},
    Person{"talent", "works, and is new here", 0, 0, false},
    Person{"client2", "hires as well", 10'000, 100, true},
    Person{"talent2", "works as well", 0, 0, true},
    Person{"owner", "holds a large share, runs the nodes", 0, 400'000, true, false, true},
    Person{"owner2", "holds a share", 0, 300'000, true, false, true},
    Person{"owner3", "holds a share", 0, 200'000, true, false, true},
    Person{"vetter", "vets skills", 100, 5'000, true},
    Person{"juror", "sits on juries", 100, 5'000, true, true},
    Person{"app", "brings clients", 1'000, 1'000, true},
    Person{"issuer", "attests who is a person", 0, 0, true},
    Person{"talent3", "works as well", 0, 0, true},
    // Enough for a panel of three and one of appeal of seven.
    Person{"juror2", "sits on juries", 100, 0, true, true},
    Person{"juror3", "sits on juries", 100, 0, true, true},
    Person{"juror4", "sits on juries", 100, 0, true, true},
    Person{"juror5", "sits on juries", 100, 0, true, true},
    Person{"juror6", "sits on juries", 100, 0, true, true},
    Person{"juror7", "sits on juries", 100, 0, true, true},
    Person{"juror8", "sits on juries", 100, 0, true, true},
    Person{"juror9", "sits on juries", 100, 0, true, true},
    Person{"juror10", "sits on juries", 100, 0, true, true},
};

// Attests who is a person.
inline constexpr std::string_view issuer_name = "Devnet Identity";
inline constexpr std::string_view issuer_person = "issuer";
// LBR of the community pool, in whole units.
inline constexpr std::uint64_t community_pool_lbr = 1'000'000;

// The one that `labor-devnet faucet` pays from.
inline constexpr Person faucet{"faucet", "gives to whoever asks", 100'000'000, 1'000'000, true};

// 32 bytes that follow from the seed and a name: a person's entropy, a validator's key.
protocol::Hash derived(std::string_view seed, std::string_view name);

// The person's 24 words.
std::string words_of(std::string_view seed, std::string_view name);

// The person's first account.
protocol::Address address_of_person(std::string_view seed, std::string_view name);

}  // namespace devnet
