// Steps one validator by hand. Each row is an input and everything that must come out of it; rows
// share one state, so a table reads as a story. The validator is number 0 of four; view v is led
// by v mod 4.

#include <gtest/gtest.h>

#include <string>

#include "tests/support/consensus_words.h"

namespace consensus {
namespace {

using namespace words;

struct Row {
  char const* name;
  Input input;
  std::string want;
};

void tell(Story& story, std::initializer_list<Row> rows) {
  for (auto const& row : rows) {
    SCOPED_TRACE(row.name);
    EXPECT_EQ(story.tell(row.input), row.want);
  }
}

Built built(std::uint64_t view, BlockRef parent, std::optional<char> name) {
  auto answer = Built{.epoch = Epoch{0}, .view = View{view}, .parent = parent, .block = {}};
  if (name) answer.block = block(*name);
  return answer;
}

BlockRef const root{.view = {}, .height = {}, .block = block('r')};
BlockRef const a1{.view = View{1}, .height = Height{1}, .block = block('A')};

Committed committed(std::uint64_t height, char name) {
  return {.height = Height{height}, .block = block(name), .block_interval_ms = 0};
}

TEST(Story, AVoterTakesABlockFromProposalToFinality) {
  Story story{config_of(4, 0)};
  tell(story,
       {
           {"start", Started{}, ""},
           {"a vote before the proposal", vote(2, notarize(1, 'A')), ""},
           {"proposal", proposal(1, 'A'),
            "timers=[advance/1+750; standstill/0+10000] want=[execute v=1 block=A parent=r]"},
           {"executed", executed(1, 'A'),
            "write=[v=1 kind=notarize p=0 h=1 block=A] send=[vote v=1 kind=notarize p=0 h=1 "
            "block=A to=1,2,3] "
            "want=[store block=A]"},
           {"a second proposal", proposal(1, 'B'), ""},
           {"own vote: quorum", vote(0, notarize(1, 'A')),
            "send=[certificate v=1 kind=notarize p=0 h=1 block=A to=1,2,3] "
            "timers=[cancel advance/1; settle/2+250]"},
           {"stale timer", fired(TimerKind::advance, 1), ""},
           {"durable: FINALIZE", BodyDurable{.block = block('A')},
            "grounds=[v=1 kind=notarize p=0 h=1 block=A] "
            "write=[v=1 kind=finalize p=0 h=1 block=A] send=[vote v=1 kind=finalize p=0 h=1 "
            "block=A to=1,2,3]"},
           {"own FINALIZE", vote(0, finalize(1, 'A')), ""},
           {"late NOTARIZE", vote(3, notarize(1, 'A')), ""},
           {"one more", vote(1, finalize(1, 'A')), ""},
           {"the same again", vote(1, finalize(1, 'A')), ""},
           {"quorum: final", vote(2, finalize(1, 'A')),
            "send=[certificate v=1 kind=finalize p=0 h=1 block=A to=3] "
            "timers=[cancel standstill/0; cancel settle/2] commit=[v=1 kind=finalize p=0 h=1 "
            "block=A]"},
           {"the last FINALIZE", vote(3, finalize(1, 'A')), ""},
           {"committed", committed(1, 'A'), ""},
       });
  EXPECT_EQ(story.state().current, View{2});
  EXPECT_EQ(story.state().safety.floor(), View{1});
  EXPECT_EQ(story.state().conflicts.at(validator(1)).second.statement, notarize(1, 'B'));
  EXPECT_EQ(story.state().conflicts.at(validator(1)).noticed, 1u);
}

TEST(Story, ALeaderBuildsAtOnceOnTheNotarizedParent) {
  Story story{config_of(4, 2)};
  tell(story, {
                  {"start", Started{}, ""},
                  {"work", Work{.transactions = true, .due = false},
                   "timers=[leader/1+500; advance/1+750; standstill/0+10000]"},
                  {"proposal", proposal(1, 'A'),
                   "timers=[cancel leader/1] want=[execute v=1 block=A parent=r]"},
                  {"executed", executed(1, 'A'),
                   "write=[v=1 kind=notarize p=0 h=1 block=A] send=[vote v=1 kind=notarize p=0 h=1 "
                   "block=A to=0,1,3] "
                   "want=[store block=A]"},
                  {"vote 0", vote(0, notarize(1, 'A')), ""},
                  {"own: notarized, and I lead", vote(2, notarize(1, 'A')),
                   "send=[certificate v=1 kind=notarize p=0 h=1 block=A to=0,1,3] "
                   "timers=[cancel advance/1; leader/2+500; advance/2+750] "
                   "want=[build v=2 empty=0 bytes=2097152 parent=[v=1 h=1 block=A]]"},
                  {"built", built(2, a1, 'B'),
                   "grounds=[v=1 kind=notarize p=0 h=1 block=A] "
                   "write=[v=2 kind=notarize p=1 h=2 block=B] "
                   "send=[proposal v=2 kind=notarize p=1 h=2 block=B certificates=1 to=0,1,3] "
                   "timers=[cancel leader/2] want=[store block=B]"},
                  {"built again", built(2, a1, 'C'), ""},
              });
}

// It would cost everybody t_l at each of its turns until it has caught up.
TEST(Story, ALeaderThatIsFarBehindGivesItsTurnAwayAtOnce) {
  constexpr std::uint64_t far = 65;
  struct Case {
    std::uint64_t height;
    std::string want;
  };
  for (auto const& row :
       {Case{far,
             "write=[v=4 kind=nullify] send=[certificate v=3 kind=finalize p=0 h=65 block=C "
             "to=1,2,3; vote v=4 kind=nullify to=1,2,3] timers=[retry/4+2000] "
             "commit=[v=3 kind=finalize p=0 h=65 block=C]"},
        Case{far - 1,
             "send=[certificate v=3 kind=finalize p=0 h=64 block=C to=1,2,3] "
             "commit=[v=3 kind=finalize p=0 h=64 block=C]"}}) {
    Story story{config_of(4, 0)};
    auto said = finalize(3, 'C');
    said.height = Height{row.height};
    EXPECT_EQ(story.tell(certificate(said)), row.want) << row.height;
  }
}

TEST(Story, ALeaderWithOnlyTransactionsMakesNoEmptyBlock) {
  Story story{config_of(4, 1)};
  tell(story, {
                  {"start", Started{}, ""},
                  {"work", Work{.transactions = true, .due = false},
                   "timers=[leader/1+500; advance/1+750; standstill/0+10000] "
                   "want=[build v=1 empty=0 bytes=2097152 parent=[v=0 h=0 block=r]]"},
                  {"nothing admissible", built(1, root, std::nullopt), ""},
                  {"no work any more", Work{},
                   "timers=[cancel leader/1; cancel advance/1; cancel standstill/0]"},
                  {"work again", Work{.transactions = true, .due = false},
                   "timers=[leader/1+500; advance/1+750; standstill/0+10000] "
                   "want=[build v=1 empty=0 bytes=2097152 parent=[v=0 h=0 block=r]]"},
                  {"a heartbeat is due", Work{.transactions = true, .due = true},
                   "want=[build v=1 empty=1 bytes=2097152 parent=[v=0 h=0 block=r]]"},
              });
}

TEST(Story, TimeOutsNullifyRepeatAndBackOff) {
  Story story{config_of(4, 0)};
  tell(story, {
                  {"start", Started{}, ""},
                  {"work", Work{.transactions = true, .due = false},
                   "timers=[leader/1+500; advance/1+750; standstill/0+10000]"},
                  {"t_l", fired(TimerKind::leader, 1),
                   "write=[v=1 kind=nullify] send=[vote v=1 kind=nullify to=1,2,3] "
                   "timers=[retry/1+2000; cancel advance/1] want=[gossip_again]"},
                  {"own", vote(0, nullify(1)), ""},
                  {"a late proposal gets no vote", proposal(1, 'A'), ""},
                  {"t_r", fired(TimerKind::retry, 1),
                   "send=[again v=1 kind=nullify to=1,2,3] timers=[retry/1+2000]"},
                  {"vote 2", vote(2, nullify(1)), ""},
                  {"vote 3: next", vote(3, nullify(1)),
                   "send=[certificate v=1 kind=nullify to=1,2,3] timers=[cancel retry/1; "
                   "leader/2+500; advance/2+750]"},
                  {"jump", certificate(nullify(2)),
                   "send=[certificate v=2 kind=nullify to=1,2,3] "
                   "timers=[cancel leader/2; cancel advance/2; leader/3+750; advance/3+1125]"},
                  {"jump, slower", certificate(nullify(9)),
                   "send=[certificate v=9 kind=nullify to=1,2,3] "
                   "timers=[cancel leader/3; cancel advance/3; leader/10+1125; advance/10+1687]"},
                  {"t_a", fired(TimerKind::advance, 10),
                   "write=[v=10 kind=nullify] send=[vote v=10 kind=nullify to=1,2,3] "
                   "timers=[retry/10+2000; cancel leader/10] want=[gossip_again]"},
                  {"own", vote(0, nullify(10)), ""},
                  {"t_r, with the certificate that let us in, and for the views jumped over",
                   fired(TimerKind::retry, 10),
                   "write=[v=3 kind=nullify; v=4 kind=nullify; v=5 kind=nullify; "
                   "v=6 kind=nullify; v=7 kind=nullify; v=8 kind=nullify] "
                   "send=[again v=10 kind=nullify to=1,2,3; certificate v=9 kind=nullify to=1,2,3; "
                   "vote v=3 kind=nullify to=1,2,3; vote v=4 kind=nullify to=1,2,3; "
                   "vote v=5 kind=nullify to=1,2,3; vote v=6 kind=nullify to=1,2,3; "
                   "vote v=7 kind=nullify to=1,2,3; vote v=8 kind=nullify to=1,2,3] "
                   "timers=[retry/10+2000]"},
              });
}

TEST(Story, WhatIsMissingIsFetchedFromTheLeaderFirst) {
  Story story{config_of(4, 0)};
  tell(
      story,
      {
          {"start", Started{}, ""},
          {"jump", certificate(nullify(5)), "send=[certificate v=5 kind=nullify to=1,2,3]"},
          {"unknown parent", proposal(6, 'C', {.parent_view = 3, .height = 2}, 'B'),
           "timers=[advance/6+1125; standstill/0+10000; fetch/0+750] want=[fetch_view v=3 from=2]"},
          {"nobody answers", fired(TimerKind::fetch),
           "timers=[fetch/0+750] want=[fetch_view v=3 from=3]"},
          {"the parent, itself to be certified",
           certificate(notarize(3, 'B', {.parent_view = 0, .height = 1})),
           "send=[certificate v=3 kind=notarize p=0 h=1 block=B to=1,3] "
           "want=[fetch_body block=B from=3; fetch_view v=4 from=2]"},
          {"its body", BodyHeld{.block = block('B')},
           "want=[store block=B; execute v=3 block=B parent=r]"},
          {"executed", executed(3, 'B'), "want=[execute v=6 block=C parent=B]"},
          {"executed", executed(6, 'C'), ""},
          {"nullification between: NOTARIZE", certificate(nullify(4)),
           "grounds=[v=3 kind=notarize p=0 h=1 block=B; v=4 kind=nullify; v=5 kind=nullify] "
           "write=[v=6 kind=notarize p=3 h=2 block=C] "
           "send=[certificate v=4 kind=nullify to=1,3; vote v=6 kind=notarize p=3 h=2 block=C "
           "to=1,2,3] "
           "timers=[cancel fetch/0] want=[store block=C]"},
      });
}

TEST(Story, ALeaderProposesAgainToWhoeverConnectsInItsViewAndOnlyThen) {
  Story story{config_of(4, 1)};
  story.tell(Work{.transactions = true, .due = false});
  story.tell_all(built(1, root, 'A'));
  tell(story,
       {
           {"a stream opens", Connected{validator(3)},
            "send=[proposal again v=1 kind=notarize p=0 h=1 block=A to=3]"},
           {"nobody answers", fired(TimerKind::advance, 1),
            "write=[v=1 kind=nullify] send=[vote v=1 kind=nullify to=0,2,3] "
            "timers=[retry/1+2000] want=[gossip_again]"},
           {"own NULLIFY", vote(1, nullify(1)), ""},
           {"too late for it", Connected{validator(2)},
            "send=[again v=1 kind=notarize p=0 h=1 block=A to=2; again v=1 kind=nullify to=2]"},
       });

  Story notarized{config_of(4, 1)};
  notarized.tell(Work{.transactions = true, .due = false});
  notarized.tell_all(built(1, root, 'A'));
  notarized.tell(certificate(notarize(1, 'A')));
  tell(notarized, {{"view 1 is over", Connected{validator(3)},
                    "send=[certificate v=1 kind=notarize p=0 h=1 block=A to=3; "
                    "again v=1 kind=notarize p=0 h=1 block=A to=3]"}});
}

TEST(Story, ABadProposalIsNullifiedAndAnUntimelyOneIsNot) {
  struct Case {
    char const* name;
    Input input;
    bool at_fault;
  };
  auto const below = On{.parent_view = 1, .height = 1};
  Case const cases[] = {
      {"malformed",
       proposal(2, 'B', {.parent_view = 1, .height = 2}, 'A', Proposal::Form::malformed), true},
      {"another parent hash", proposal(2, 'B', {.parent_view = 1, .height = 2}, 'X'), true},
      {"not one height above", proposal(2, 'B', {.parent_view = 1, .height = 3}, 'A'), true},
      {"the parent's own height", proposal(2, 'B', below, 'A'), true},
      {"parent below the floor", proposal(2, 'B', {.parent_view = 0, .height = 1}, 'r'), true},
      {"parent in its own view", proposal(2, 'B', {.parent_view = 2, .height = 2}, 'A'), true},
      {"stale", proposal(2, 'B', {.parent_view = 1, .height = 2}, 'A', Proposal::Form::stale),
       false},
      {"sound, not executed yet", proposal(2, 'B', {.parent_view = 1, .height = 2}, 'A'), false},
  };
  for (auto const& row : cases) {
    SCOPED_TRACE(row.name);
    Story story{config_of(4, 0)};
    story.tell(certificate(finalize(1, 'A')));
    story.tell(committed(1, 'A'));
    auto const out = story.tell(row.input);
    EXPECT_EQ(out.find("write=[v=2 kind=nullify]") != std::string::npos, row.at_fault) << out;
    EXPECT_EQ(out.find("kind=notarize"), std::string::npos) << out;
  }
}

TEST(Story, AnInvalidBlockIsNullifiedAndAStaleOneGetsNoVote) {
  Story story{config_of(4, 0)};
  tell(story,
       {
           {"proposal", proposal(1, 'A'),
            "timers=[advance/1+750; standstill/0+10000] want=[execute v=1 block=A parent=r]"},
           {"invalid", executed(1, 'A', Verdict::invalid),
            "write=[v=1 kind=nullify] send=[vote v=1 kind=nullify to=1,2,3] timers=[retry/1+2000; "
            "cancel advance/1]"},
       });
  Story other{config_of(4, 0)};
  tell(other,
       {
           {"stale", proposal(1, 'A', {}, 'r', Proposal::Form::stale),
            "timers=[advance/1+750; standstill/0+10000] want=[execute v=1 block=A parent=r]"},
           {"executed", executed(1, 'A'), ""},
           {"but certified like any other", certificate(notarize(1, 'A')),
            "send=[certificate v=1 kind=notarize p=0 h=1 block=A to=1,2,3] "
            "timers=[cancel advance/1; settle/2+250] want=[store block=A]"},
       });
}

}  // namespace
}  // namespace consensus
