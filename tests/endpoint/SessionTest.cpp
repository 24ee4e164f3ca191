#include <Catch.hpp>
#include <algorithm>
#include <tutti/endpoint/ClientSession.hpp>
#include <tutti/endpoint/ServerSession.hpp>

using namespace tutti;
using namespace tutti::endpoint;
using namespace std::chrono_literals;

namespace {

constexpr auto kStart = HostTime{} + 1h;
const IpAddress kStage = IpAddress::v4({192, 168, 1, 20});
const IpAddress kLaptop = IpAddress::v4({192, 168, 1, 30});
const IpAddress kVictim = IpAddress::v4({192, 168, 1, 66});
const Offer kOffer{"Stage", SessionToken{{1}}, 5004, {{"Left", {}}}, {}};

template <class T> const T* find(const SessionActions& actions)
{
  for (const auto& action : actions)
    if (const auto* found = std::get_if<T>(&action)) return found;
  return nullptr;
}

template <class T> const T* said(const SessionActions& actions)
{
  for (const auto& action : actions)
    if (const auto* say = std::get_if<Say>(&action))
      if (const auto* found = std::get_if<T>(&say->message)) return found;
  return nullptr;
}

ServerSession resting()
{
  ServerSession session{kOffer, kLaptop, kStart};
  session.receive(Hello{"Laptop"}, kStart);
  session.receive(OfferAnswer{Verdict::ok, 48'000, {}}, kStart);
  return session;
}

ClientSession::Judge verdict(Verdict verdict)
{
  return [verdict](const Offer&) {
    return OfferAnswer{verdict, 48'000, verdict == Verdict::ok ? "" : "Not that."};
  };
}

ClientSession accepted()
{
  ClientSession session{"Laptop", kStage, verdict(Verdict::ok), kStart};
  session.advance(kStart);
  session.receive(kOffer, kStart);
  return session;
}

/// Lets time pass; signs of life come from the other side all the while.
template <class Session> SessionActions pass(Session& session, HostTime& now, Micros duration)
{
  SessionActions all;
  for (const auto end = now + duration; now < end;) {
    now += 50ms;
    session.receive(Heartbeat{}, now);
    const auto actions = session.advance(now);
    all.insert(all.end(), actions.begin(), actions.end());
  }
  return all;
}

} // namespace

TEST_CASE("A server offers all it has, and starts only what was accepted")
{
  ServerSession session{kOffer, kLaptop, kStart};
  const auto offered = session.receive(Hello{"Laptop"}, kStart);
  REQUIRE(said<Offer>(offered) != nullptr);
  CHECK(*said<Offer>(offered) == kOffer);
  CHECK(find<StartWanted>(session.receive(Ask{Ask::What::start, 1}, kStart)) == nullptr);
  CHECK(session.state() == ServerSession::State::over); // it spoke out of turn

  auto other = resting();
  const auto wanted = other.receive(Ask{Ask::What::start, 1}, kStart);
  REQUIRE(find<StartWanted>(wanted) != nullptr);
  CHECK(said<Answer>(wanted) == nullptr); // not before its owner is ready
  const auto answered = other.answer(Verdict::ok);
  REQUIRE(said<Answer>(answered) != nullptr);
  CHECK(said<Answer>(answered)->verdict == Verdict::ok);
  CHECK(other.state() == ServerSession::State::running);
}

TEST_CASE("Start and stop are different things")
{
  auto session = resting();
  const auto idle = session.receive(Ask{Ask::What::stop, 0}, kStart);
  CHECK(said<Answer>(idle)->verdict == Verdict::ok); // there is nothing to stop
  session.receive(Ask{Ask::What::start, 1}, kStart);
  session.answer(Verdict::ok);
  const auto again = session.receive(Ask{Ask::What::start, 2}, kStart);
  CHECK(said<Answer>(again)->verdict == Verdict::failed);
  CHECK(find<StartWanted>(again) == nullptr);
  CHECK(find<StopWanted>(session.receive(Ask{Ask::What::stop, 1}, kStart)) != nullptr);
  session.answer(Verdict::ok);
  CHECK(session.state() == ServerSession::State::resting);
  CHECK(find<StartWanted>(session.receive(Ask{Ask::What::start, 2}, kStart)) != nullptr);
  session.answer(Verdict::refused, "The device is gone.");
  CHECK(session.state() == ServerSession::State::resting);
}

TEST_CASE("Not now: the offer comes again a second later. No: the connection ends with the reason")
{
  ServerSession session{kOffer, kLaptop, kStart};
  session.receive(Hello{"Laptop"}, kStart);
  session.receive(OfferAnswer{Verdict::failed, 48'000, "Later."}, kStart);
  auto now = kStart;
  CHECK(said<Offer>(pass(session, now, 900ms)) == nullptr);
  CHECK(said<Offer>(pass(session, now, 200ms)) != nullptr);
  const auto refused = session.receive(OfferAnswer{Verdict::refused, 48'000, "Too fast."}, now);
  REQUIRE(find<Closed>(refused) != nullptr);
  CHECK(find<Closed>(refused)->how == Verdict::refused);
  CHECK(find<Closed>(refused)->reason == "Too fast.");
}

TEST_CASE("A client that falls silent is noticed after 0.4 s, sound or no sound")
{
  auto session = resting();
  session.heardSign({kLaptop, 9000}, kStart + 100ms);
  CHECK(find<Closed>(session.advance(kStart + 499ms)) == nullptr);
  CHECK(*session.nextDeadline() <= kStart + 599ms);
  CHECK(find<Closed>(session.advance(kStart + 500ms)) != nullptr);
  CHECK_FALSE(session.nextDeadline());
}

TEST_CASE("A caller that never says hello is hung up on")
{
  ServerSession session{kOffer, kLaptop, kStart};
  CHECK(find<Closed>(session.advance(kStart + 1900ms)) == nullptr);
  CHECK(find<Closed>(session.advance(*session.nextDeadline())) != nullptr);
}

TEST_CASE("Sound goes to nobody who has not asked for it from there")
{
  auto session = resting();
  CHECK_FALSE(session.media());
  session.heardSign({kVictim, 9000}, kStart);
  CHECK_FALSE(session.media());
  session.heardSign({kLaptop, 9000}, kStart);
  CHECK(session.media() == Endpoint{kLaptop, 9000});
  CHECK(find<GiveSign>(session.advance(kStart))->to == Endpoint{kLaptop, 9000});
}

TEST_CASE("A client says hello, judges, and asks as soon as streams are wanted")
{
  ClientSession session{"Laptop", kStage, verdict(Verdict::ok), kStart};
  CHECK(said<Hello>(session.advance(kStart))->name == "Laptop");
  const auto actions = session.receive(kOffer, kStart);
  CHECK(said<OfferAnswer>(actions)->verdict == Verdict::ok);
  CHECK(find<Accepted>(actions) != nullptr);
  CHECK(find<GiveSign>(actions)->to == Endpoint{kStage, 5004});
  CHECK(said<Ask>(actions) == nullptr);
  const auto wanted = session.want(ClientSession::Wish::run, kStart);
  CHECK(*said<Ask>(wanted) == Ask{Ask::What::start, 1});
  CHECK(find<StartBegun>(wanted)->run == 1); // sound may be quicker than the answer
  CHECK(find<Started>(session.receive(Answer{{Ask::What::start, 1}, Verdict::ok, {}}, kStart)) != nullptr);
  CHECK(said<Ask>(session.want(ClientSession::Wish::rest, kStart))->what == Ask::What::stop);
  CHECK(find<Rested>(session.receive(Answer{{Ask::What::stop, 1}, Verdict::ok, {}}, kStart)) != nullptr);
  CHECK(session.state() == ClientSession::State::inactive);
}

TEST_CASE("A start that failed is tried again, one that was refused is not")
{
  auto session = accepted();
  auto now = kStart;
  session.want(ClientSession::Wish::run, now);
  const Answer failed{{Ask::What::start, 1}, Verdict::failed, "Busy."};
  CHECK(find<Rested>(session.receive(failed, now))->reason == "Busy.");
  CHECK(session.nextDeadline() <= now + ClientSession::kAgain);
  const auto again = pass(session, now, 600ms);
  REQUIRE(said<Ask>(again) != nullptr);
  CHECK(*said<Ask>(again) == Ask{Ask::What::start, 2});
  CHECK(find<Rested>(session.receive(failed, now)) == nullptr); // an answer to what was asked before
  session.receive(Answer{{Ask::What::start, 2}, Verdict::refused, "Never."}, now);
  CHECK(said<Ask>(pass(session, now, 3s)) == nullptr);
}

TEST_CASE("A stop that failed is tried again while streams run on")
{
  auto session = accepted();
  auto now = kStart;
  session.want(ClientSession::Wish::run, now);
  session.receive(Answer{{Ask::What::start, 1}, Verdict::ok, {}}, now);
  session.want(ClientSession::Wish::rest, now);
  const auto failed = session.receive(Answer{{Ask::What::stop, 1}, Verdict::failed, "Busy."}, now);
  CHECK(find<Rested>(failed) == nullptr);
  CHECK(session.state() == ClientSession::State::active);
  CHECK(said<Ask>(pass(session, now, 600ms))->what == Ask::What::stop);
}

TEST_CASE("A client that cannot, says why, and it is final")
{
  ClientSession session{"Laptop", kStage, verdict(Verdict::refused), kStart};
  session.advance(kStart);
  const auto actions = session.receive(kOffer, kStart);
  CHECK(said<OfferAnswer>(actions)->reason == "Not that.");
  CHECK(find<Closed>(actions)->how == Verdict::refused);
}

TEST_CASE("A server that never offers, never answers or falls silent is given up")
{
  ClientSession mute{"Laptop", kStage, verdict(Verdict::ok), kStart};
  mute.advance(kStart);
  auto now = kStart;
  CHECK(find<Closed>(pass(mute, now, 1900ms)) == nullptr);
  CHECK(find<Closed>(pass(mute, now, 200ms)) != nullptr);

  auto deaf = accepted();
  now = kStart;
  deaf.want(ClientSession::Wish::run, now);
  CHECK(find<Closed>(pass(deaf, now, 2100ms)) != nullptr);

  auto dead = accepted();
  CHECK(find<Closed>(dead.advance(kStart + 399ms)) == nullptr);
  const auto closed = dead.advance(kStart + 400ms);
  REQUIRE(find<Closed>(closed) != nullptr);
  CHECK(find<Closed>(closed)->how == Verdict::failed);
}

TEST_CASE("Both sides give a sign of life ten times a second, and sleep in between")
{
  auto client = accepted();
  auto server = resting();
  int beats = 0, wakes = 0;
  for (auto now = kStart; now < kStart + 10s; ++wakes) {
    client.receive(Heartbeat{}, now);
    server.receive(Heartbeat{}, now);
    if (said<Heartbeat>(client.advance(now)) != nullptr) ++beats;
    server.advance(now);
    now = std::min(*client.nextDeadline(), *server.nextDeadline());
  }
  CHECK(beats == 99); // the first one came with the hello
  CHECK(wakes <= 101);
}

TEST_CASE("What belongs to the other side's part ends the connection politely")
{
  auto server = resting();
  CHECK(said<Bye>(server.receive(kOffer, kStart)) != nullptr);
  auto client = accepted();
  CHECK(said<Bye>(client.receive(Hello{"Laptop"}, kStart)) != nullptr);
  CHECK(client.receive(kOffer, kStart).empty());
}
