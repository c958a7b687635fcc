#include "tests/e2e/perturbation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <numeric>

#include "devnet/process.h"
#include "protocol/base/try.h"

namespace e2e {
namespace {

using devnet::Link;
using devnet::LinkState;
using devnet::Network;
using devnet::Result;
using Numbers = std::vector<unsigned>;
using Act = std::function<Result<>(Network&)>;

// Every wait ends at it; a process that does not stop by itself has then failed.
constexpr int end_timeout_ms = 60'000;

// The draws that all kinds make alike.
struct Draw {
  sim::Prng& prng;
  unsigned validators;

  unsigned faults_max() const { return (validators - 1) / 3; }

  Numbers shuffled() const {
    Numbers numbers(validators);
    std::iota(numbers.begin(), numbers.end(), 0u);
    prng.shuffle(numbers);
    return numbers;
  }
  Numbers some(std::size_t count) const {
    auto numbers = shuffled();
    numbers.resize(count);
    return numbers;
  }
  unsigned one() const { return static_cast<unsigned>(prng.below(validators)); }
  std::uint64_t blocks() const { return prng.between(5, 40); }
  // Seldom for longer than T_s = 10 s (R14).
  int silence_ms() const {
    auto const ms = prng.one_in(5) ? prng.between(11'000, 14'000) : prng.between(1'000, 3'000);
    return static_cast<int>(ms);
  }
  // Two ways in which a network fails: at once, or without a word.
  LinkState broken_link() const { return prng.one_in(2) ? LinkState::cut : LinkState::silent; }
};

std::string_view name_of(LinkState state) {
  return state == LinkState::cut ? "cut" : "silent";
}

Act on_each(Numbers numbers, Result<> (Network::*act)(unsigned)) {
  return [numbers = std::move(numbers), act](Network& network) -> Result<> {
    for (auto const number : numbers) TRY_VOID((network.*act)(number));
    return {};
  };
}

Act on_links(std::function<void(Link&)> const& change) {
  return [change](Network& network) { return network.change_links(change); };
}

Act open_all_links() {
  return on_links([](Link& link) {
    link.state = LinkState::open;
    link.delay_ms = 0;
  });
}

bool contains(Numbers const& numbers, unsigned number) {
  return std::ranges::find(numbers, number) != numbers.end();
}

Perturbation by(Perturbation what, Act strike, Act heal) {
  what.strike = std::move(strike);
  what.heal = std::move(heal);
  return what;
}

Perturbation kill(Draw const& draw) {
  auto const victims = draw.some(draw.faults_max());
  constexpr std::uint64_t leaders_turns = 60;  // A dead leader's must pass often enough to be seen.
  return by({.what = fmt::format("validators {}: SIGKILL", victims),
             .victims = victims,
             .blocks = leaders_turns},
            on_each(victims, &Network::kill_validator),
            on_each(victims, &Network::start_validator));
}

Perturbation pause(Draw const& draw) {
  auto const victims = draw.some(draw.faults_max());
  return by({.what = fmt::format("validators {}: SIGSTOP", victims),
             .victims = victims,
             .blocks = draw.blocks()},
            on_each(victims, &Network::pause_validator),
            on_each(victims, &Network::resume_validator));
}

Perturbation restart(Draw const& draw) {
  auto const victims = draw.some(draw.faults_max());
  return by({.what = fmt::format("validators {}: SIGTERM and start", victims), .victims = victims},
            on_each(victims, &Network::stop_validator),
            on_each(victims, &Network::start_validator));
}

Perturbation disconnect(Draw const& draw) {
  auto const victims = draw.some(draw.faults_max());
  auto const state = draw.broken_link();
  return by({.what = fmt::format("validators {}: links {}", victims, name_of(state)),
             .victims = victims,
             .blocks = draw.blocks()},
            on_links([=](Link& link) {
              if (contains(victims, link.from) || contains(victims, link.to)) link.state = state;
            }),
            open_all_links());
}

// A validator speaks to each other one on a link of its own, so half of a conversation can fail.
Perturbation one_way(Draw const& draw) {
  auto const victims = draw.some(draw.faults_max());
  auto const state = draw.broken_link();
  auto const mute = draw.prng.one_in(2);
  return by({.what = fmt::format("validators {}: links {} them {}", victims, mute ? "from" : "to",
                                 name_of(state)),
             .victims = victims,
             .blocks = draw.blocks()},
            on_links([=](Link& link) {
              if (contains(victims, mute ? link.from : link.to)) link.state = state;
            }),
            open_all_links());
}

// Nobody is broken, but one cannot speak to one other.
Perturbation one_link(Draw const& draw) {
  auto const ends = draw.some(2);
  auto const state = draw.broken_link();
  return by({.what = fmt::format("the link from validator {} to {}: {}", ends[0], ends[1],
                                 name_of(state)),
             .victims = ends,
             .blocks = draw.blocks()},
            on_links([=](Link& link) {
              if (link.from == ends[0] && link.to == ends[1]) link.state = state;
            }),
            open_all_links());
}

Perturbation delay(Draw const& draw) {
  auto const victims = draw.some(draw.faults_max());
  auto const delay_ms = static_cast<std::uint32_t>(draw.prng.between(300, 2'000));
  return by({.what = fmt::format("validators {}: links {} ms late", victims, delay_ms),
             .victims = victims,
             .blocks = draw.blocks()},
            on_links([=](Link& link) {
              if (contains(victims, link.from) || contains(victims, link.to))
                link.delay_ms = delay_ms;
            }),
            open_all_links());
}

// Within Delta: nobody is broken.
Perturbation delay_all(Draw const& draw) {
  auto const delay_ms = static_cast<std::uint32_t>(draw.prng.between(10, 120));
  return by({.what = fmt::format("all links {} ms late", delay_ms),
             .victims = {},
             .blocks = draw.prng.between(5, 15)},
            on_links([=](Link& link) { link.delay_ms = delay_ms; }), open_all_links());
}

// A clock only goes forward: one that is behind is one that the others have passed.
Perturbation skew(Draw const& draw) {
  auto const victims = draw.some(draw.faults_max());
  auto const ahead = draw.prng.one_in(2);
  auto const skew_ms = draw.prng.between(100, 10'000);
  auto const advance = [=](bool of_victims) -> Act {
    return [=](Network& network) -> Result<> {
      for (unsigned i = 0; i < network.validators().size(); ++i) {
        if (contains(victims, i) == of_victims) TRY_VOID(network.advance_clock(i, skew_ms));
      }
      return {};
    };
  };
  return by({.what = fmt::format("validators {}: clocks {} ms {}", victims, skew_ms,
                                 ahead ? "ahead" : "behind"),
             .victims = victims,
             .blocks = draw.blocks()},
            advance(ahead), advance(!ahead));
}

Perturbation full_disk(Draw const& draw) {
  auto const victims = draw.some(draw.faults_max());
  return by(
      {.what = fmt::format("validators {}: disk full until they stop", victims),
       .victims = victims,
       .blocks = draw.blocks()},
      [=](Network& network) -> Result<> {
        for (auto const victim : victims) {
          TRY_VOID(network.fill_disk(victim));
          auto const& validator = network.validators()[victim];
          if (devnet::wait_ended(validator.process, end_timeout_ms)) continue;
          return std::unexpected{validator.name + " goes on with a full disk"};
        }
        return {};
      },
      on_each(victims, &Network::start_validator));
}

Perturbation kill_all(Draw const& draw) {
  auto const started = draw.shuffled();
  return by({.what = fmt::format("all: SIGKILL, started in the order {}", started),
             .victims = started,
             .takes_quorum = true},
            on_each(draw.shuffled(), &Network::kill_validator),
            on_each(started, &Network::start_validator));
}

Perturbation restart_all(Draw const& draw) {
  auto const started = draw.shuffled();
  return by({.what = fmt::format("all: SIGTERM, started in the order {}", started),
             .victims = started,
             .takes_quorum = true},
            on_each(draw.shuffled(), &Network::stop_validator),
            on_each(started, &Network::start_validator));
}

Perturbation lose_quorum(Draw const& draw) {
  auto const count = draw.prng.between(draw.faults_max() + 1, draw.validators - 1);
  auto const victims = draw.some(count);
  auto const back = draw.prng.one_in(2);
  auto returning = victims;
  if (back) std::ranges::reverse(returning);
  auto const killed = draw.prng.one_in(2);
  return by({.what = fmt::format("validators {}: {}, back in the order {}", victims,
                                 killed ? "SIGKILL" : "SIGSTOP", returning),
             .victims = victims,
             .takes_quorum = true,
             .silence_ms = draw.silence_ms()},
            on_each(victims, killed ? &Network::kill_validator : &Network::pause_validator),
            on_each(returning, killed ? &Network::start_validator : &Network::resume_validator));
}

// Into two sides of which neither has a quorum.
Perturbation partition(Draw const& draw) {
  auto const quorum = draw.validators - draw.faults_max();
  auto const side = draw.some(draw.prng.between(draw.validators - quorum + 1, quorum - 1));
  auto const state = draw.broken_link();
  return by(
      {.what = fmt::format("validators {} apart from the others: links {}", side, name_of(state)),
       .victims = draw.shuffled(),
       .takes_quorum = true,
       .silence_ms = draw.silence_ms()},
      on_links([=](Link& link) {
        if (contains(side, link.from) != contains(side, link.to)) link.state = state;
      }),
      open_all_links());
}

struct Kind {
  std::string_view name;
  Perturbation (*draw)(Draw const&);
};
constexpr Kind kinds[] = {
    {"kill", kill},
    {"pause", pause},
    {"restart", restart},
    {"disconnect", disconnect},
    {"one way", one_way},
    {"one link", one_link},
    {"delay", delay},
    {"delay all", delay_all},
    {"skew", skew},
    {"full disk", full_disk},
    {"kill all", kill_all},
    {"restart all", restart_all},
    {"lose quorum", lose_quorum},
    {"partition", partition},
};

}  // namespace

std::vector<std::string_view> perturbation_kinds() {
  std::vector<std::string_view> names;
  for (auto const& kind : kinds) names.push_back(kind.name);
  return names;
}

Perturbation Schedule::next() {
  if (pack_.empty()) {
    pack_.resize(std::size(kinds));
    std::iota(pack_.begin(), pack_.end(), std::size_t{0});
    prng_.shuffle(pack_);
  }
  auto const& kind = kinds[pack_.back()];
  pack_.pop_back();
  ++drawn_;
  // Of its own, so that a draw more in one kind does not change those after it.
  auto prng = prng_.split();
  auto drawn = kind.draw({.prng = prng, .validators = validators_});
  drawn.kind = kind.name;
  return drawn;
}

}  // namespace e2e
