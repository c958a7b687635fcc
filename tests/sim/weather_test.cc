// The simulated network, disk and power do the harm that they say they do, and no other.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/sim/network.h"
#include "tests/sim/power.h"
#include "tests/sim/simulated_disk.h"

namespace sim {
namespace {

FaultRates calm() {
  return {.delay_min_us = 1000, .delay_mean_us = 0, .torn_permille = 1000};
}

struct Wire {
  explicit Wire(FaultRates const& rates)
      : network{3,       rates,
                Prng{7}, events,
                faults,  [this](Packet const& packet) { arrived.push_back(*packet.payload); }} {}

  void send(std::size_t from, std::size_t to, std::string text) {
    network.send({from, to, std::make_shared<std::string const>(std::move(text))});
  }
  void drain() {
    while (events.run_next()) {
    }
  }

  EventQueue events;
  FaultCounts faults;
  std::vector<std::string> arrived;
  Network network;
};

TEST(SimNetwork, CarriesEverythingInOrderWhenNothingIsWrong) {
  Wire wire{calm()};
  for (auto const* text : {"a", "b", "c"}) wire.send(0, 1, text);
  EXPECT_TRUE(wire.arrived.empty()) << "nothing is delivered inside send()";
  wire.drain();
  EXPECT_EQ(wire.arrived, (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(wire.faults, FaultCounts{});
}

TEST(SimNetwork, LosesReplaysReordersAndClogsAtTheRatesGiven) {
  auto rates = calm();
  rates.loss_permille = 200;
  rates.replay_permille = 300;
  rates.clog_permille = 10;
  rates.clog_mean_us = 50'000;
  rates.delay_mean_us = 10'000;
  Wire wire{rates};
  for (int i = 0; i < 1000; ++i) {
    wire.send(0, 1, "x");
    wire.drain();
    wire.send(0, 1, "y");
    wire.send(0, 1, "z");
  }
  wire.drain();
  auto const lost = wire.faults.of(Fault::message_lost);
  auto const replayed = wire.faults.of(Fault::message_replayed);
  EXPECT_NEAR(static_cast<double>(lost), 600.0, 120.0);
  EXPECT_NEAR(static_cast<double>(replayed), 720.0, 120.0);
  EXPECT_EQ(wire.arrived.size(), 3000 - lost + replayed);
  EXPECT_GT(wire.faults.of(Fault::message_reordered), 0u);
  EXPECT_GT(wire.faults.of(Fault::link_clogged), 0u);
}

TEST(SimNetwork, CutsBothWaysOrOne) {
  for (bool const one_way : {false, true}) {
    SCOPED_TRACE(one_way);
    Wire wire{calm()};
    wire.network.cut({.a = {true, false, false}, .one_way = one_way});
    wire.send(0, 1, "from a");
    wire.send(1, 0, "to a");
    wire.send(1, 2, "inside b");
    wire.drain();
    EXPECT_EQ(wire.arrived, one_way ? (std::vector<std::string>{"to a", "inside b"})
                                    : (std::vector<std::string>{"inside b"}));
    wire.network.mend();
    wire.send(0, 1, "again");
    wire.drain();
    EXPECT_EQ(wire.arrived.back(), "again");
  }
}

TEST(SimNetwork, KeepsOneApartWhateverIsMendedUntilItIsBack) {
  Wire wire{calm()};
  wire.network.set_apart(0);
  EXPECT_FALSE(wire.network.is_cut());
  wire.network.mend();
  wire.send(0, 1, "from it");
  wire.send(1, 0, "to it");
  wire.send(1, 2, "without it");
  wire.drain();
  EXPECT_EQ(wire.arrived, std::vector<std::string>{"without it"});
  wire.network.bring_back();
  wire.send(0, 1, "again");
  wire.drain();
  EXPECT_EQ(wire.arrived.back(), "again");
}

TEST(SimNetwork, AHealedLinkCarriesThroughACutAndLosesNothing) {
  auto rates = calm();
  rates.loss_permille = 1000;
  Wire wire{rates};
  wire.network.cut({.a = {true, false, false}, .one_way = false});
  wire.network.heal({true, true, false});
  wire.send(0, 1, "core");
  wire.send(0, 2, "rest");
  wire.drain();
  EXPECT_EQ(wire.arrived, std::vector<std::string>{"core"});
}

TEST(SimDisk, ACrashKeepsWhatWasSyncedAndAPrefixOfTheRest) {
  FaultCounts faults;
  SimulatedDisk disk{calm(), Prng{3}, faults};
  std::string synced;
  for (std::size_t life = 0; life < 200; ++life) {
    Power power{[](CrashPoint) {}};
    disk.boot(power);
    auto file = *disk.open("folder/journal");
    auto const found = *file->read(0, 1 << 20);
    EXPECT_TRUE(found.starts_with(synced));
    EXPECT_EQ(found.find_first_not_of("0123456789"), std::string::npos);
    EXPECT_TRUE(file->truncate(synced.size()));
    EXPECT_TRUE(file->write(synced.size(), "0123456789"));
    if (life % 2 == 0) {
      EXPECT_TRUE(file->sync());
      synced += "0123456789";
    }
    file.reset();
    disk.crash();
  }
  EXPECT_GT(faults.of(Fault::write_torn), 0u);
  EXPECT_GT(faults.of(Fault::write_lost), 0u);
  EXPECT_EQ(*disk.list("folder"), std::vector<std::string>{"journal"});
}

TEST(SimDisk, NothingHappensOnceThePowerIsOff) {
  FaultCounts faults;
  SimulatedDisk disk{calm(), Prng{3}, faults};
  Power power{[](CrashPoint) {}};
  disk.boot(power);
  power.fail_before(CrashPoint::sync, 0);
  auto file = *disk.open("journal");
  EXPECT_TRUE(file->write(0, "abc"));
  EXPECT_TRUE(file->sync());
  EXPECT_TRUE(file->write(3, "def"));
  EXPECT_EQ(*file->read(0, 10), "abc");
  file.reset();
  disk.crash();
  disk.boot(power);
  EXPECT_NE(*(*disk.open("journal"))->read(0, 10), "abcdef");
}

TEST(SimDisk, ANameChangesAsAWholeAndNotWithoutPower) {
  FaultCounts faults;
  SimulatedDisk disk{calm(), Prng{3}, faults};
  Power power{[](CrashPoint) {}};
  disk.boot(power);
  ASSERT_TRUE((*disk.open("db/new"))->write(0, "new"));
  ASSERT_TRUE((*disk.open("db/old"))->write(0, "old"));
  EXPECT_TRUE(disk.rename("db/new", "db/old"));
  EXPECT_EQ(*disk.list("db"), std::vector<std::string>{"old"});
  EXPECT_EQ(*(*disk.open("db/old"))->read(0, 10), "new");
  power.off();
  EXPECT_TRUE(disk.rename("db/old", "db/older"));
  EXPECT_TRUE(disk.open("db/newer"));
  EXPECT_EQ(*disk.list("db"), std::vector<std::string>{"old"});
}

TEST(SimDisk, FailsTheCallThatItIsToldToAndOnlyThatOne) {
  FaultCounts faults;
  SimulatedDisk disk{calm(), Prng{3}, faults};
  Power power{[](CrashPoint) {}};
  disk.boot(power);
  auto file = *disk.open("journal");
  disk.fail_next(DiskCall::sync, 1);
  EXPECT_TRUE(file->sync());
  auto const failed = file->sync();
  ASSERT_FALSE(failed);
  EXPECT_EQ(failed.error().message, "sync journal: Input/output error");
  EXPECT_TRUE(file->sync());
  disk.fail_next(DiskCall::read, 0);
  EXPECT_FALSE(file->read(0, 1));
  disk.fail_next(DiskCall::write, 0);
  EXPECT_TRUE(file->read(0, 1));
  EXPECT_FALSE(file->write(0, "abc"));
  EXPECT_TRUE(file->write(0, "abc"));
}

TEST(SimDisk, WhenFullTakesOnlyWhatHasItsRoomReserved) {
  FaultCounts faults;
  SimulatedDisk disk{calm(), Prng{3}, faults};
  Power power{[](CrashPoint) {}};
  disk.boot(power);
  auto file = *disk.open("journal");
  EXPECT_TRUE(file->reserve(8));
  disk.fill();
  EXPECT_TRUE(file->write(0, "12345678"));
  auto const refused = file->write(8, "9");
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().full);
  EXPECT_FALSE(file->reserve(16));
  disk.mend();
  EXPECT_TRUE(file->write(8, "9"));
}

TEST(SimPower, FailsBeforeTheEffectItWasArmedForAndForGood) {
  std::vector<CrashPoint> failures;
  Power power{[&](CrashPoint point) { failures.push_back(point); }};
  EXPECT_TRUE(power.reach(CrashPoint::send));
  power.fail_before(CrashPoint::sync, 1);
  EXPECT_TRUE(power.reach(CrashPoint::append));
  EXPECT_TRUE(power.reach(CrashPoint::sync));
  EXPECT_FALSE(power.reach(CrashPoint::sync));
  EXPECT_FALSE(power.reach(CrashPoint::send));
  EXPECT_FALSE(power.on());
  EXPECT_EQ(failures, std::vector{CrashPoint::sync});
}

TEST(SimPrng, RepeatsFromItsSeedAndStaysInBounds) {
  Prng a{42};
  Prng b{42};
  for (int i = 0; i < 1000; ++i) {
    EXPECT_EQ(a.next(), b.next());
    EXPECT_LE(a.around(100), 800u);
    (void)b.around(100);
    auto const drawn = a.between(3, 5);
    EXPECT_EQ(drawn, b.between(3, 5));
    EXPECT_TRUE(drawn >= 3 && drawn <= 5);
  }
}

}  // namespace
}  // namespace sim
