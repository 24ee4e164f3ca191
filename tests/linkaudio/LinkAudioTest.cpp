// Whole Link Audio peers over real sockets, two of them in this process, in a network of their own.
#include <Alone.hpp>
#include <Catch.hpp>
#include <Eventually.hpp>
#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>
#include <asio/post.hpp>
#include <atomic>
#include <cmath>
#include <future>
#include <mutex>
#include <thread>
#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/linkaudio/CarriedId.hpp>
#include <tutti/linkaudio/Transit.hpp>

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::time::literals;
using namespace std::chrono_literals;
using link::Link;
using time::HostClock;
using tutti::test::eventually;
using tutti::test::isAlone;

namespace {

struct Program {
  explicit Program(std::string_view name)
    : audio{link, name}
  {
    audio.enable();
    link.enable();
  }
  Link link{120_bpm, {{"lo"}}};
  LinkAudio audio;

  [[nodiscard]] std::vector<std::string> sees() const
  {
    std::vector<std::string> names;
    for (const auto& channel : audio.channels()) names.push_back(channel.peerName + '/' + channel.name);
    return names;
  }
};

/// A sound device that plays a constant into a publication, and hears a subscription.
class Device {
public:
  Device(Link& link, std::shared_ptr<Sink> sink, std::shared_ptr<Source> source)
    : link_{link}
    , sink_{std::move(sink)}
    , source_{std::move(source)}
    , thread_{[this] { run(); }}
  {}
  ~Device()
  {
    isOver_ = true;
    thread_.join();
  }

  [[nodiscard]] float highest() const { return highest_; }

private:
  static constexpr std::int64_t kFrames = 480;

  void run()
  {
    const auto begun = HostClock::now();
    for (std::int64_t frame = 0; !isOver_; frame += kFrames) {
      const auto asked = begun + Micros{frame * 1'000'000 / 48'000};
      std::this_thread::sleep_until(std::chrono::steady_clock::now() + (asked - HostClock::now()));
      block(asked, frame);
    }
  }

  void block(HostTime asked, std::int64_t frame)
  {
    const auto grid = SessionGrid::of(link_.captureApp());
    const auto audible = asked + 10ms;
    if (sink_) {
      std::array<float, kFrames> sound{};
      sound.fill(0.5F);
      const std::array<std::span<const float>, 2> channels{sound, sound};
      sink_->write(channels, grid, audible, audio::SampleRate::fromHertz(48'000));
    }
    if (!source_) return;
    std::array<float, kFrames> left{}, right{};
    source_->render(
      left, right,
      {SampleTime{frame}, asked, audible, HostClock::now(), audio::SampleRate::fromHertz(48'000), grid});
    for (const float sample : left) highest_ = std::max(highest_.load(), sample);
  }

  Link& link_;
  std::shared_ptr<Sink> sink_;
  std::shared_ptr<Source> source_;
  std::atomic<float> highest_ = 0;
  std::atomic<bool> isOver_ = false;
  std::thread thread_;
};

/// Pulls the plug of this test's own network, or puts it back.
void setLoopback(bool isUp)
{
  const int any = ::socket(AF_INET, SOCK_DGRAM, 0);
  REQUIRE(any >= 0);
  ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = static_cast<short>(isUp ? IFF_UP | IFF_RUNNING : 0);
  CHECK(ioctl(any, SIOCSIFFLAGS, &request) == 0);
  ::close(any);
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("What one program publishes another finds, asks for and hears")
{
  if (!isAlone()) return;
  Program ana{"Ana"};
  Program ben{"Ben"};
  const auto drums = ana.audio.publish("Drums");
  REQUIRE(drums);
  REQUIRE(eventually([&] { return ben.sees() == Names{"Ana/Drums"}; }));
  CHECK(ben.audio.channels().at(0).id == (*drums)->id());
  CHECK_FALSE((*drums)->isHeard());

  const auto heard = ben.audio.subscribe((*drums)->id(), Placement::live());
  REQUIRE(heard);
  REQUIRE(eventually([&] { return (*drums)->isHeard(); }));
  {
    const Device theirs{ana.link, (*drums)->sink(), {}};
    const Device ours{ben.link, {}, (*heard)->source()};
    CHECK(eventually([&] { return (*heard)->takeSnapshot().isSounding; }));
    CHECK(eventually([&] { return std::abs(ours.highest() - 0.5F) < 0.1F; }));
    (*heard)->setPlacement(Placement::inBeats(1));
    CHECK(eventually([&] { return std::abs((*heard)->takeSnapshot().lag - 1) < 0.001; }));
  }
  CHECK((*drums)->takeCounts().frames > 0);
}

TEST_CASE("A channel that goes, is renamed or comes again is seen to")
{
  if (!isAlone()) return;
  Program ana{"Ana"};
  Program ben{"Ben"};
  auto drums = ana.audio.publish("Drums");
  REQUIRE(drums);
  REQUIRE(eventually([&] { return ben.sees() == Names{"Ana/Drums"}; }));
  (*drums)->rename("Congas");
  CHECK(eventually([&] { return ben.sees() == Names{"Ana/Congas"}; }));
  ana.audio.setPeerName("Anna");
  CHECK(eventually([&] { return ben.sees() == Names{"Anna/Congas"}; }));
  drums->reset();
  CHECK(eventually([&] { return ben.sees().empty(); }));
  const auto bass = ana.audio.publish("Bass");
  CHECK(eventually([&] { return ben.sees() == Names{"Anna/Bass"}; }));
}

TEST_CASE("Switched off it is gone at once, switched on again it is asked for again")
{
  if (!isAlone()) return;
  Program ana{"Ana"};
  Program ben{"Ben"};
  const auto drums = ana.audio.publish("Drums");
  const auto heard = ben.audio.subscribe((*drums)->id(), {});
  REQUIRE(eventually([&] { return (*drums)->isHeard(); }));
  ana.audio.disable();
  CHECK(eventually([&] { return ben.sees().empty() && !(*drums)->isHeard(); }));
  CHECK(ana.link.peerCount() == 1);
  ana.audio.enable();
  CHECK(eventually([&] { return ben.sees() == Names{"Ana/Drums"} && (*drums)->isHeard(); }));
}

TEST_CASE("Without Link there is no Link Audio, and with it the wish is kept")
{
  if (!isAlone()) return;
  Program ana{"Ana"};
  Program ben{"Ben"};
  const auto drums = ana.audio.publish("Drums");
  REQUIRE(eventually([&] { return ben.sees() == Names{"Ana/Drums"}; }));
  ana.link.disable();
  CHECK(eventually([&] { return ben.sees().empty(); }));
  CHECK(ana.audio.isEnabled());
  ana.link.enable();
  CHECK(eventually([&] { return ben.sees() == Names{"Ana/Drums"}; }));
}

TEST_CASE("An interface that goes and comes back brings the channels back, and who heard them")
{
  if (!isAlone()) return;
  Program ana{"Ana"};
  Program ben{"Ben"};
  const auto drums = ana.audio.publish("Drums");
  const auto heard = ben.audio.subscribe((*drums)->id(), {});
  REQUIRE(eventually([&] { return (*drums)->isHeard(); }));
  setLoopback(false);
  CHECK(eventually([&] { return ben.sees().empty() && !(*drums)->isHeard(); }));
  CHECK(ana.audio.status().gateways.empty());
  setLoopback(true);
  CHECK(eventually([&] { return ben.sees() == Names{"Ana/Drums"} && (*drums)->isHeard(); }));
}

TEST_CASE("Who is told of channels may subscribe, leave and replace the callback there and then")
{
  if (!isAlone()) return;
  Program ana{"Ana"};
  Program ben{"Ben"};
  std::unique_ptr<Subscription> heard;
  std::atomic<int> last = 0;
  ben.audio.onChannels([&] {
    for (const auto& channel : ben.audio.channels())
      if (!heard) heard = std::move(*ben.audio.subscribe(channel.id, {}));
    ben.audio.onChannels([&] {
      heard.reset();
      last = 1;
    });
  });
  const auto drums = ana.audio.publish("Drums");
  CHECK(eventually([&] { return (*drums)->isHeard(); }));
  const auto bass = ana.audio.publish("Bass");
  CHECK(eventually([&] { return last == 1 && !(*drums)->isHeard(); }));
  ben.audio.onChannels({});
}

TEST_CASE("A Link program without sound sees and counts us as ever, and is not spoken to")
{
  if (!isAlone()) return;
  Program ana{"Ana"};
  const auto drums = ana.audio.publish("Drums");
  Link plain{100_bpm, {{"lo"}}};
  std::mutex mutex;
  link::AudioView seen;
  plain.onAudio([&](const link::AudioView& view) {
    const std::lock_guard lock{mutex};
    seen = view;
  });
  plain.enable();
  CHECK(eventually([&] { return plain.peerCount() == 1 && ana.link.peerCount() == 1; }));
  CHECK(eventually([&] {
    const std::lock_guard lock{mutex};
    return seen.peers.size() == 1 && seen.peers[0].audio.has_value();
  }));
  plain.onAudio({});
}

TEST_CASE("Empty datagrams and noise deafen nobody, and are counted")
{
  if (!isAlone()) return;
  Program ana{"Ana"};
  Program ben{"Ben"};
  std::mutex mutex;
  std::optional<Endpoint> socket;
  Link spy{100_bpm, {{"lo"}}};
  spy.onAudio([&](const link::AudioView& view) {
    const std::lock_guard lock{mutex};
    for (const auto& peer : view.peers)
      if (peer.audio) socket = peer.audio;
  });
  spy.enable();
  REQUIRE(eventually([&] {
    const std::lock_guard lock{mutex};
    return socket.has_value();
  }));
  spy.onAudio({});
  asio::io_context context;
  asio::ip::udp::socket stranger{context, asio::ip::udp::v4()};
  const std::string noise(1400, 'x');
  for (int i = 0; i < 100; ++i) {
    stranger.send_to(asio::buffer(noise, 0), discovery::toAsio(*socket));
    stranger.send_to(asio::buffer(noise, 5), discovery::toAsio(*socket));
    stranger.send_to(asio::buffer(noise), discovery::toAsio(*socket));
  }
  const auto counted = [&](const LinkAudioStatus& status) {
    return status.refusals.notLinkAudio >= 200 && status.refusals.tooLong >= 100;
  };
  CHECK(eventually([&] { return counted(ana.audio.status()) || counted(ben.audio.status()); }));
  const auto drums = ana.audio.publish("Drums");
  const auto bass = ben.audio.publish("Bass");
  CHECK(eventually([&] { return ben.sees() == Names{"Ana/Drums"} && ana.sees() == Names{"Ben/Bass"}; }));
}

TEST_CASE("A tap has a channel's datagrams, of others and of ours, and only while it is there")
{
  if (!isAlone()) return;
  Program ana{"Ana"}, ben{"Ben"};
  const auto drums = ana.audio.publish("Drums").value();
  REQUIRE(eventually([&] { return ben.sees() == std::vector<std::string>{"Ana/Drums"}; }));
  std::atomic<int> there = 0, here = 0;
  {
    const auto far = ben.audio.tap(drums->id(), [&](const AudioBuffer& buffer, HostTime) {
      if (buffer.channel == drums->id() && !buffer.samples.empty()) ++there;
    });
    const auto own = ana.audio.tap(drums->id(), [&](const AudioBuffer&, HostTime) { ++here; });
    REQUIRE(far);
    REQUIRE(own);
    const Device device{ana.link, drums->sink(), {}};
    CHECK(eventually([&] { return there > 10 && here > 10; }));
    CHECK(drums->isHeard());
  }
  CHECK(eventually([&] { return !drums->isHeard(); }));
}

TEST_CASE("A feed is heard by others and by ourselves, and knows when somebody listens")
{
  if (!isAlone()) return;
  Program ana{"Ana"}, ben{"Ben"};
  const auto id = carriedId(ChannelId{NodeId{{'x'}}});
  std::atomic<int> turns = 0;
  std::atomic<bool> isHeard = false;
  auto feed = ana.audio.feed(id, "Bass (Lisbon)", [&](bool is) {
    isHeard = is;
    ++turns;
  });
  REQUIRE(feed);
  CHECK_FALSE(ana.audio.feed(id, "Again", [](bool) {}));
  CHECK(ana.audio.ours() == std::vector<Channel>{{id, "Bass (Lisbon)", ana.audio.ours()[0].peer, "Ana"}});
  REQUIRE(eventually([&] { return ben.sees() == std::vector<std::string>{"Ana/Bass (Lisbon)"}; }));
  CHECK(turns == 0);
  {
    const auto own = ana.audio.subscribe(id, {});
    CHECK(eventually([&] { return isHeard.load(); }));
    const auto far = ben.audio.subscribe(id, {});
    AudioBuffer buffer;
    buffer.channel = id;
    buffer.session = ana.link.captureApp().current().session;
    buffer.rate = audio::SampleRate::fromHertz(48'000);
    buffer.samples.assign(64, 1000);
    std::uint64_t sequence = 0;
    const auto frames = [](const auto& subscription) { return (*subscription)->takeSnapshot().frames; };
    CHECK(eventually([&] {
      buffer.chunks = {
        {++sequence, 64, SessionGrid::of(ana.link.captureApp()).beatAt(HostClock::now()), 120_bpm}};
      std::promise<void> sent;
      asio::post(ana.audio.network(), [&] {
        (*feed)->send(buffer);
        sent.set_value();
      });
      sent.get_future().wait();
      return frames(own) > 0 && frames(far) > 0;
    }));
    CHECK(turns == 1);
  }
  CHECK(eventually([&] { return !isHeard.load(); }));
  feed->reset();
  CHECK(eventually([&] { return ben.sees().empty(); }));
}
