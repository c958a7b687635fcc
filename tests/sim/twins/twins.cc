#include "tests/sim/twins/twins.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "tests/sim/twins/twin_world.h"

namespace sim {
namespace {

constexpr std::size_t validators = 4;

using Twinned = std::vector<std::size_t>;

// Whether the division is the one that stands for itself and those that are equal to it.
bool stands_for_all(TwinWorld const& world, std::size_t twins, Division division) {
  // The last instance is on side 0: sides have no names.
  for (std::size_t i = 0; i < twins; ++i) {
    auto const sides = [i](Division of) { return of >> 2 * i & 3; };
    auto together = true;
    for (auto const before : world.divisions()) {
      together = together && (sides(before) == 0 || sides(before) == 3);
    }
    constexpr Division second_alone = 2;
    if (together && sides(division) == second_alone) return false;
  }
  return true;
}

std::string describe(TwinWorld const& world, std::string_view what) {
  std::string text;
  std::size_t view = 0;
  for (auto const division : world.divisions()) {
    std::string sides[2];
    for (std::size_t i = 0; i < world.instances(); ++i) {
      auto& side = sides[division >> i & 1];
      side += (side.empty() ? "" : " ") + world.name_of(i);
    }
    text +=
        fmt::format("view {}: {}{}{}; ", ++view, sides[0], sides[1].empty() ? "" : " | ", sides[1]);
  }
  return text + std::string{what};
}

void add(TwinsReport& to, TwinsReport const& more) {
  to.cases += more.cases;
  to.unsafe += more.unsafe;
  to.stuck += more.stuck;
  to.steps += more.steps;
  if (!to.first) to.first = more.first;
}

class Search {
 public:
  explicit Search(std::size_t twins) : twins_{twins} {}

  // Plays all cases that begin as `world` does.
  // NOLINTNEXTLINE(misc-no-recursion): as deep as there are views.
  void play(TwinWorld world) {
    auto const before = world.steps();
    auto const pause = world.run();
    report_.steps += world.steps() - before;
    if (pause != TwinWorld::Pause::undivided) return judge(world, pause);
    for (Division division = 0; division < all_divisions(world); ++division) {
      if (!stands_for_all(world, twins_, division)) continue;
      auto next = world;
      next.divide(division);
      play(std::move(next));
    }
  }

  // The beginnings of the cases, `depth` views long, for several threads to go on with.
  // NOLINTNEXTLINE(misc-no-recursion)
  void begin(TwinWorld world, std::size_t depth, std::vector<TwinWorld>& begun) {
    auto const pause = world.run();
    if (pause != TwinWorld::Pause::undivided) return judge(world, pause);
    for (Division division = 0; division < all_divisions(world); ++division) {
      if (!stands_for_all(world, twins_, division)) continue;
      auto next = world;
      next.divide(division);
      if (depth == 1) {
        begun.push_back(std::move(next));
      } else {
        begin(std::move(next), depth - 1, begun);
      }
    }
  }

  TwinsReport const& report() const { return report_; }

 private:
  static Division all_divisions(TwinWorld const& world) {
    return Division{1} << (world.instances() - 1);
  }

  void judge(TwinWorld const& world, TwinWorld::Pause pause) {
    ++report_.cases;
    if (pause == TwinWorld::Pause::over) return;
    auto const stuck = pause == TwinWorld::Pause::stuck;
    (stuck ? report_.stuck : report_.unsafe) += 1;
    if (report_.first) return;
    report_.first = describe(
        world, stuck ? "no final block after it has healed" : std::string_view{*world.violation()});
  }

  std::size_t twins_;
  TwinsReport report_;
};

TwinsReport run(std::vector<Twinned> const& all, std::size_t views, std::size_t jobs) {
  TwinsReport total;
  std::vector<TwinWorld> begun;
  auto const twins = all.front().size();
  for (auto const& twinned : all) {
    Search search{twins};
    search.begin(TwinWorld{{.validators = validators, .twinned = twinned, .divided_views = views}},
                 std::min<std::size_t>(views, 2), begun);
    add(total, search.report());
  }
  std::vector<TwinsReport> reports(begun.size());
  std::atomic<std::size_t> taken = 0;
  auto const work = [&] {
    for (auto i = taken++; i < begun.size(); i = taken++) {
      Search search{twins};
      search.play(begun[i]);
      reports[i] = search.report();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back(work);
    work();
  }
  for (auto const& report : reports) add(total, report);
  return total;
}

}  // namespace

TwinsReport run_twins(std::size_t views, std::size_t jobs) {
  std::vector<Twinned> all;
  for (std::size_t i = 0; i < validators; ++i) all.push_back({i});
  return run(all, views, jobs);
}

TwinsReport run_too_many_twins(std::size_t views, std::size_t jobs) {
  std::vector<Twinned> all;
  for (std::size_t i = 0; i < validators; ++i) {
    for (auto j = i + 1; j < validators; ++j) all.push_back({i, j});
  }
  return run(all, views, jobs);
}

bool print_twins(std::size_t views, std::size_t jobs) {
  constexpr std::size_t views_of_too_many = 2;
  auto const start = std::chrono::steady_clock::now();
  auto const one = run_twins(views, jobs);
  fmt::print("one validator of four twinned, {} views divided\n", views);
  fmt::print("  {} cases, {} unsafe, {} stuck after all has healed\n", one.cases, one.unsafe,
             one.stuck);
  if (one.first) fmt::print("  first: {}\n", *one.first);
  auto const two = run_too_many_twins(views_of_too_many, jobs);
  fmt::print("two validators of four twinned, {} views divided: more than the fault model allows\n",
             views_of_too_many);
  fmt::print("  {} cases, {} unsafe\n", two.cases, two.unsafe);
  fmt::print("  first: {}\n", two.first.value_or("none: the oracle is blind"));
  auto const seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  fmt::print("{} steps of the core in {:.1f} s\n", one.steps + two.steps, seconds);
  auto const holds = one.unsafe == 0 && one.stuck == 0 && two.unsafe > 0;
  fmt::print("{}\n", holds ? "holds" : "violation: see above");
  return holds;
}

}  // namespace sim
