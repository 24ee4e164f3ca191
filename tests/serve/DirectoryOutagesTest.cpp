// What directories that share their rooms know where one of them, or what it said, is missing.
#include "SharedDesks.hpp"

using namespace tutti;
using namespace tutti::test;

TEST_CASE("An instance that dies loses no member")
{
  SharedDesks desks{3};
  desks.openRoom(2);
  desks.pass();
  const auto anna = desks.joined(2, kAnna);
  desks.pass();
  desks.cut(2); // for ever
  desks.advance(10s);
  CHECK(desks.polled(0, desks.as(kAnna, anna)).roster.size() == 1);
  desks.pass();
  desks.advance(10s);
  CHECK(desks[0].members() == 1);
  CHECK(desks[1].members() == 1);
  CHECK(desks[1].rooms() == 1);
}

TEST_CASE("Whoever is heard by no directory any more has left them all")
{
  SharedRoom desks{2};
  desks.joined(0, kAnna);
  desks.pass();
  desks.advance(15s);
  CHECK(desks[0].members() == 0);
  CHECK(desks[1].members() == 0);
}

TEST_CASE("While a directory hears no other, whoever asks those stays; then they have a lease to be heard")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  desks.pass();
  desks.cut(0);
  desks.cut(1); // the store is away
  const auto ben = desks.joined(1, kBen);
  const auto bothAsk = [&] {
    desks.polled(0, desks.as(kAnna, anna));
    desks.polled(1, desks.as(kBen, ben));
    desks.advance(4s);
  };
  for (int i = 0; i < 10; ++i) bothAsk();
  CHECK(desks[1].members() == 2); // Anna stays
  CHECK(desks[0].members() == 1); // of Ben nothing is known yet
  desks.mend(0);
  desks.mend(1);
  CHECK(desks[0].members() == 2);
  CHECK(desks[1].members() == 2);
  for (int i = 0; i < 10; ++i) {
    bothAsk();
    CHECK(desks[0].members() == 2);
    CHECK(desks[1].members() == 2);
  }
}

TEST_CASE("Who left while the others were not heard is forgotten after a lease")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  desks.pass();
  desks.cut(0);
  desks.cut(1);
  desks.answer(0, "leave", desks.as(kAnna, anna));
  desks.advance(60s);
  CHECK(desks[1].members() == 1);
  desks.mend(0);
  desks.mend(1);
  desks.advance(15s);
  CHECK(desks[1].members() == 0);
}

TEST_CASE("A directory that starts anew hears everything")
{
  SharedRoom desks{2};
  const auto anna = desks.joined(0, kAnna);
  const auto ben = desks.joined(1, kBen);
  desks.pass();
  desks.openAfterCrash();
  CHECK(desks[2].members() == 2);
  CHECK(desks.polled(2, desks.as(kAnna, anna)).roster.size() == 2);
  const auto next = desks.joined(2, draw());
  CHECK(next.slot != anna.slot);
  CHECK(next.slot != ben.slot);
  desks.pass();
  CHECK(desks[0].members() == 3);
}

TEST_CASE("Loss, doubles and disorder delay what directories know, no more")
{
  for (const std::uint32_t seed : {1U, 2U, 3U, 4U, 5U}) {
    CAPTURE(seed);
    SharedDesks desks{3, seed};
    desks.openRoom();
    desks.pass();
    std::vector<std::pair<MemberId, JoinReply>> members;
    for (std::size_t i = 0; i < 12; ++i) {
      const auto id = draw();
      members.emplace_back(id, desks.joined(i % 3, id));
      desks.passBadly(0.3);
    }
    for (std::size_t step = 0; step < 12; ++step) { // a minute of polls, each time elsewhere
      desks.now += 5s;
      for (std::size_t i = 0; i < members.size(); ++i)
        desks.ask((i + step) % 3, "poll", desks.as(members[i].first, members[i].second));
      desks.passBadly(0.3);
    }
    for (std::size_t round = 0; round < 4; ++round) { // from now on all is heard
      desks.advance(5s);
      for (std::size_t i = 0; i < members.size(); ++i) { // whom bad luck has put out joins again
        auto& [id, reply] = members[i];
        if (desks.answer(i % 3, "poll", desks.as(id, reply)).status != 200) reply = desks.joined(i % 3, id);
        desks.pass();
      }
    }
    const auto witness = desks.as(members[0].first, members[0].second);
    const auto seen = desks.polled(0, witness);
    CHECK(seen.roster.size() == members.size());
    std::set<std::uint16_t> slots;
    for (const auto& entry : seen.roster) slots.insert(entry.slot);
    CHECK(slots.size() == seen.roster.size());
    for (std::size_t i = 1; i < desks.size(); ++i) {
      const auto there = desks.polled(i, witness);
      CHECK(there.roster == seen.roster);
      CHECK(there.revision == seen.revision);
    }
  }
}
