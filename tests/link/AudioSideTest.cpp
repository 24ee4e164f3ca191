#include <AudioSide.hpp>
#include <Catch.hpp>
#include <atomic>
#include <thread>

using namespace tutti;
using namespace tutti::link;
using namespace tutti::time::literals;
using namespace std::chrono_literals;
using time::Tempo;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr auto kGrace = 1000ms;
const NodeId kSession{{'a'}};
const NodeId kOther{{'b'}};

ClientState playingAt(double bpm)
{
  return {{Tempo::fromBpm(bpm), {}, kStart}, kSession, {false, kStart, kStart - 1h}};
}

SessionState withTempo(SessionState state, double bpm)
{
  state.setTempo(Tempo::fromBpm(bpm), kStart);
  return state;
}

struct Both {
  rt::Signal signal;
  AudioSide audio{playingAt(120), signal};

  Both() { audio.setEnabled(true); }

  /// The network thread takes what was committed and publishes what the node makes of it.
  std::optional<Node::Commit> serve(ClientState published)
  {
    const auto commit = audio.take();
    if (commit && commit->timeline) published.timeline = *commit->timeline;
    if (commit && commit->startStop) published.startStop = *commit->startStop;
    audio.publish(published);
    audio.taken();
    return commit;
  }
  double tempoAt(HostTime now) { return audio.capture(now).tempo().bpm(); }
  void commitTempo(double bpm, HostTime now) { audio.commit(withTempo(audio.capture(now), bpm), now); }
};

} // namespace

TEST_CASE("The callback begins with what the node began with")
{
  Both both;
  CHECK(both.audio.capture(kStart).current() == playingAt(120));
  CHECK_FALSE(both.audio.take());
}

TEST_CASE("What is published is in the callback's next block")
{
  Both both;
  both.audio.publish(playingAt(130));
  CHECK(both.tempoAt(kStart) == 130);
  both.audio.publish(playingAt(131));
  CHECK(both.tempoAt(kStart + 1us) == 131);
}

TEST_CASE("A commit that changes nothing reaches nobody")
{
  Both both;
  both.audio.commit(both.audio.capture(kStart), kStart);
  CHECK_FALSE(both.audio.take());
}

TEST_CASE("A commit reaches the network thread with its moment, and wakes it")
{
  Both both;
  both.commitTempo(140, kStart + 5ms);
  both.signal.wait(); // would never return, had it not been raised
  const auto commit = both.audio.take();
  REQUIRE(commit);
  REQUIRE(commit->timeline);
  CHECK(commit->timeline->tempo == 140_bpm);
  CHECK(commit->session == kSession);
  CHECK(commit->at == kStart + 5ms);
  CHECK_FALSE(commit->startStop);
  CHECK_FALSE(both.audio.take());
}

TEST_CASE("Of several commits only the last word of each kind counts")
{
  Both both;
  both.commitTempo(140, kStart + 1ms);
  auto state = both.audio.capture(kStart + 2ms);
  state.startPlaying(kStart + 3ms);
  both.audio.commit(state, kStart + 2ms);
  both.commitTempo(150, kStart + 4ms);
  const auto commit = both.audio.take();
  REQUIRE(commit);
  REQUIRE(commit->timeline);
  REQUIRE(commit->startStop);
  CHECK(commit->timeline->tempo == 150_bpm);
  CHECK(commit->at == kStart + 4ms);
  CHECK(*commit->startStop == StartStop{true, kStart + 3ms, kStart + 2ms});
}

TEST_CASE("A tempo is clamped on its way")
{
  Both both;
  auto state = both.audio.capture(kStart);
  state.setTempo(5000_bpm, kStart);
  both.audio.commit(state, kStart);
  CHECK(both.tempoAt(kStart) == 999);
  CHECK(both.audio.take()->timeline->tempo == 999_bpm);
}

TEST_CASE("For a second after it spoke the callback keeps to its own word")
{
  Both both;
  both.commitTempo(140, kStart);
  both.serve(playingAt(120));
  both.serve(playingAt(90)); // the app commits another tempo, a microsecond later
  CHECK(both.tempoAt(kStart + kGrace / 2) == 140);
  CHECK(both.tempoAt(kStart + kGrace) == 140);
  CHECK(both.tempoAt(kStart + kGrace + 1us) == 90);
}

TEST_CASE("Each part has its own second")
{
  Both both;
  both.commitTempo(140, kStart);
  both.serve(playingAt(120));
  auto started = playingAt(90);
  started.startStop = {true, kStart, kStart};
  both.audio.publish(started);
  const auto seen = both.audio.capture(kStart + 1ms);
  CHECK(seen.tempo() == 140_bpm);
  CHECK(seen.isPlaying());

  auto stopping = seen;
  stopping.stopPlaying(kStart + 2ms);
  both.audio.commit(stopping, kStart + kGrace);
  both.serve(started);
  started.startStop.decidedAt += 1h;
  both.audio.publish(started);
  const auto later = both.audio.capture(kStart + kGrace + 1ms);
  CHECK(later.tempo() == 90_bpm);
  CHECK_FALSE(later.isPlaying());
}

TEST_CASE("Until its commit has been heard the callback keeps to its word, however long that takes")
{
  Both both;
  both.commitTempo(140, kStart);
  both.audio.publish(playingAt(90));
  CHECK(both.tempoAt(kStart + 1h) == 140);
  both.audio.take();
  both.audio.publish(playingAt(91));
  CHECK(both.tempoAt(kStart + 1h) == 140);
  both.audio.taken();
  CHECK(both.tempoAt(kStart + 1h) == 91);
}

TEST_CASE("A commit made while the last one is being handled is pending too")
{
  Both both;
  both.commitTempo(140, kStart);
  both.audio.take();
  both.commitTempo(150, kStart + 1ms);
  both.audio.publish(playingAt(140));
  both.audio.taken();
  CHECK(both.tempoAt(kStart + 1h) == 150);
  CHECK(both.audio.take()->timeline->tempo == 150_bpm);
}

TEST_CASE("Disabled, there is nobody to wait for")
{
  Both both;
  both.audio.setEnabled(false);
  both.commitTempo(140, kStart);
  both.serve(playingAt(120));
  CHECK(both.tempoAt(kStart + 1us) == 140);
  both.audio.publish(playingAt(90));
  CHECK(both.tempoAt(kStart + 2us) == 90);
}

TEST_CASE("A start decided before the one that holds is not committed")
{
  Both both;
  auto started = playingAt(120);
  started.startStop = {true, kStart, kStart + 1ms};
  both.audio.publish(started);
  for (const auto now : {kStart, kStart + 1ms}) {
    auto state = both.audio.capture(now);
    state.stopPlaying(now);
    both.audio.commit(state, now);
    CHECK_FALSE(both.audio.take());
    both.audio.taken();
    CHECK(both.audio.capture(now).isPlaying());
  }
  auto state = both.audio.capture(kStart + 2ms);
  state.stopPlaying(kStart + 2ms);
  both.audio.commit(state, kStart + 2ms);
  CHECK_FALSE(both.audio.take()->startStop->isPlaying);
}

TEST_CASE("Whether there is company decides how a request is met")
{
  Both both;
  auto alone = both.audio.capture(kStart);
  both.audio.setPeerCount(2);
  auto withPeers = both.audio.capture(kStart);
  CHECK_FALSE(alone == withPeers);
  const auto at = kStart + 1300ms;
  alone.requestBeatAtTime(0_beats, at, 4_beats);
  withPeers.requestBeatAtTime(0_beats, at, 4_beats);
  CHECK(alone.beatAtTime(at, 4_beats) == 0_beats);
  CHECK(withPeers.beatAtTime(at, 4_beats) < 0_beats);
}

TEST_CASE("After going over, the joined session is in the next block, whatever was said before")
{
  Both both;
  both.commitTempo(140, kStart);
  both.serve(playingAt(120));
  auto joined = playingAt(97);
  joined.session = kOther;
  both.audio.publish(joined);
  const auto seen = both.audio.capture(kStart + 10ms);
  CHECK(seen.tempo() == 97_bpm);
  CHECK(seen.current().session == kOther);
}

TEST_CASE("A callback and a network thread that hammer each other end in agreement")
{
  constexpr int kBlocks = 100'000;
  Both both;
  std::atomic<bool> isOver = false;
  int torn = 0;
  const auto startAt = [](double bpm) { return HostTime{Micros{static_cast<std::int64_t>(bpm) * 1000}}; };
  auto published = playingAt(120);
  published.startStop.time = startAt(120);
  both.audio.publish(published);

  std::thread callback{[&] {
    for (int block = 1; block <= kBlocks; ++block) {
      const auto now = kStart + block * 1ms;
      auto state = both.audio.capture(now);
      if (state.timeForIsPlaying() != startAt(state.tempo().bpm())) ++torn; // they are always said together
      if (block % 64 != 0) continue;
      const double bpm = 100 + block % 100;
      state.setTempo(Tempo::fromBpm(bpm), now);
      state.startPlaying(startAt(bpm));
      both.audio.commit(state, now);
    }
    isOver = true;
  }};
  const auto serve = [&] {
    if (const auto commit = both.audio.take()) {
      if (commit->timeline) published.timeline = *commit->timeline;
      if (commit->startStop) published.startStop = *commit->startStop;
    }
    both.audio.publish(published);
    both.audio.taken();
  };
  while (!isOver) serve();
  callback.join();
  serve();
  CHECK(torn == 0);
  const auto last = both.audio.capture(kStart + kBlocks * 1ms + 1h).current();
  CHECK(last.timeline == published.timeline);
  CHECK(last.startStop == published.startStop);
  CHECK(last.timeline.tempo.bpm() == 100 + (kBlocks - kBlocks % 64) % 100);
}
