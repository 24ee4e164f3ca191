// A large patch in a running jam, edited once a second for minutes: no dropout of ours, and no click.
#include "Catch.hpp"
#include "TemporaryFolder.hpp"

#include <Awake.hpp>
#include <Dice.hpp>
#include <Standstill.hpp>
#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <iostream>
#include <numbers>
#include <thread>

#include <tutti/engine/Jam.hpp>
#include <tutti/jam/Tone.hpp>
#include <tutti/rt/Foreign.hpp>
#include <tutti/rt/QuantileMeter.hpp>
#include <tutti/rt/SpscRing.hpp>

using namespace tutti;
using engine::Jam;
using patch::ModuleId;
using patch::Patch;

namespace {

constexpr std::size_t kModules = 64;
constexpr std::size_t kCables = 256;
constexpr std::size_t kFrames = 64;
constexpr std::uint64_t kBlocksASecond = 750;
constexpr double kHertz = 440;
constexpr double kAmplitude = 0.25; // of the tone
constexpr double kInaudible = -60;  // dB; a hard cut is -4
const auto kSoft = audio::Decibels::of(-30);

/// Between the device and the jam: hears whether a sine goes on as a sine, however loud.
///
/// Threads: `process` *audio*; `set` before it; everything else any.
class Ear final : public audio::Processor {
public:
  void set(audio::Processor& next) { next_ = &next; }
  void follow(const audio::LoadMeter& load) { load_ = &load; }

  void process(const audio::Block& block) noexcept TUTTI_NONBLOCKING override
  {
    lookBack();
    playOn(block);
    const bool isTorn = block.first != expected_;
    expected_ = block.first + audio::FrameCount{static_cast<std::int64_t>(block.frames)};
    if (isTorn) settling_ = kSettling;
    if (!block.outputs.empty()) listen(block.outputs[0]);
    if (settling_ > 0) --settling_;
    blocks_.fetch_add(1, std::memory_order_relaxed);
  }

  [[nodiscard]] std::uint64_t blocks() const { return blocks_.load(); }
  [[nodiscard]] std::uint64_t judged() const { return judged_.load(); } ///< frames
  /// The worst since this was asked last, in dB against the tone.
  double takeWorst() { return 20 * std::log10(std::max(worst_.exchange(0), 1e-9) / kAmplitude); }
  [[nodiscard]] double loudest() const { return loudest_.load(); }

  /// What the callback computed, as share of the period, however long it was held up.
  [[nodiscard]] double computed(double quantile) const { return computed_.quantile(quantile); }

  /// When a callback was too long by what it did, as the device's meter says.
  struct Overrun {
    HostTime from{};
    HostTime to{};
  };
  std::vector<Overrun> takeOverruns()
  {
    std::vector<Overrun> all;
    while (const auto one = overrunsAt_.tryPop()) all.push_back(*one);
    return all;
  }

private:
  static constexpr int kSettling = 64; // blocks: what a standstill has torn goes round a few times

  /// Whether the callback before this one has been too long by itself is known now.
  void lookBack() noexcept TUTTI_NONBLOCKING
  {
    const auto* const load = load_.load();
    const auto overruns = load == nullptr ? 0 : load->overruns();
    if (overruns != overruns_) static_cast<void>(overrunsAt_.tryPush({began_ - kAround, ended_ + kAround}));
    overruns_ = overruns;
  }

  void playOn(const audio::Block& block) noexcept TUTTI_NONBLOCKING
  {
    const auto before = rt::effortOfThisThread();
    began_ = time::HostClock::now();
    next_->process(block);
    ended_ = time::HostClock::now();
    const auto computed = rt::effortOfThisThread().computedMicros - before.computedMicros;
    const auto period = block.rate.toMicros({static_cast<std::int64_t>(block.frames)});
    computed_.record(static_cast<double>(computed) / static_cast<double>(period.count()));
  }

  void listen(std::span<const float> signal) noexcept TUTTI_NONBLOCKING
  {
    for (const float sample : signal) {
      const auto now = static_cast<double>(sample);
      const double click = std::abs(now - kTwoCos * last_ + beforeLast_);
      beforeLast_ = last_;
      last_ = now;
      if (settling_ > 0) continue;
      judged_.fetch_add(1, std::memory_order_relaxed);
      if (click > worst_.load(std::memory_order_relaxed)) worst_.store(click, std::memory_order_relaxed);
      if (now > loudest_.load(std::memory_order_relaxed)) loudest_.store(now, std::memory_order_relaxed);
    }
  }

  static inline const double kTwoCos = 2 * std::cos(2 * std::numbers::pi * kHertz / 48'000);
  audio::Processor* next_ = nullptr;
  SampleTime expected_;                 // audio
  double last_ = 0;                     // audio
  double beforeLast_ = 0;               // audio
  int settling_ = kSettling;            // audio
  static constexpr Micros kAround{200}; // what the device does before and after
  std::atomic<const audio::LoadMeter*> load_{nullptr};
  std::uint64_t overruns_ = 0;             // audio
  HostTime began_{};                       // audio
  HostTime ended_{};                       // audio
  rt::SpscRing<Overrun> overrunsAt_{4096}; // both
  rt::QuantileMeter computed_;             // both: shares of the period
  std::atomic<std::uint64_t> blocks_{0};
  std::atomic<std::uint64_t> judged_{0};
  std::atomic<double> worst_{0};
  std::atomic<double> loudest_{0};
};

engine::OpenDevice listened(Ear& ear)
{
  return [&ear](const audio::DeviceWish& wish, audio::Processor& processor) {
    ear.set(processor);
    auto device = audio::AudioDevice::open(wish, ear);
    if (device) ear.follow((*device)->load());
    return device;
  };
}

/// An instrument that many strips hear, and the master them; a few cables go back. The hands of a musician
/// who changes something each second.
class Hands {
public:
  explicit Hands(Jam& jam)
    : jam_{jam}
  {
    jam_.setInstrument(std::make_shared<jam::Tone>(jam::Tone::Kind::sine, kHertz));
    jam_.withDesk([this](jam::Desk& desk) {
      desk.setMonitoring(true);
      while (desk.patch().modules().size() < kModules) addStrip(desk);
      while (desk.patch().connections().size() < kCables) connectAny(desk);
    });
  }

  /// Another kind of edit each time.
  void edit(int number)
  {
    jam_.withDesk([&](jam::Desk& desk) {
      switch (number % 8) {
      case 0:
      case 1:
      case 2:
        return takeElsewhere(desk);
      case 3:
        return turn(desk);
      case 4:
        return exchangeStrip(desk);
      case 5:
        return desk.undo();
      case 6:
        return desk.redo();
      default:
        return haveGuest(desk);
      }
    });
  }

private:
  std::size_t any(std::size_t below)
  {
    return static_cast<std::size_t>(dice_.whole(0, static_cast<std::int64_t>(below) - 1));
  }

  void addStrip(jam::Desk& desk)
  {
    const auto catalogue = desk.showPatch().catalogue;
    const auto strip = std::ranges::find(catalogue, "Strip", &patch::CatalogueEntry::name);
    REQUIRE(desk.addModule("Add", *strip, {}));
  }

  /// Soft, so that what goes round dies away.
  void connectAny(jam::Desk& desk)
  {
    const auto& modules = desk.patch().modules();
    const auto& from = modules[any(modules.size())].about;
    const auto& to = modules[any(modules.size())].about;
    if (from.id == to.id || from.outputs.empty() || to.inputs.empty()) return;
    const auto ends = std::pair{patch::Socket{from.id, 0}, patch::Socket{to.id, 0}};
    static_cast<void>(desk.edit("Connect", [&](Patch& patch) -> Result<void> {
      const auto made = patch.connect(ends.first, ends.second, kSoft);
      return made ? Result<void>{} : tl::unexpected{made.error()};
    }));
  }

  static std::optional<patch::ConnectionId> oldestSoft(const Patch& patch)
  {
    for (const auto& connection : patch.connections())
      if (connection.gain == kSoft) return connection.id;
    return std::nullopt;
  }

  void takeElsewhere(jam::Desk& desk)
  {
    REQUIRE(desk.edit("Disconnect", [&](Patch& patch) -> Result<void> {
      if (const auto oldest = oldestSoft(patch)) patch.disconnect(*oldest);
      return {};
    }));
    while (desk.patch().connections().size() < kCables) connectAny(desk);
  }

  void turn(jam::Desk& desk)
  {
    auto* const strip = desk.strip(jam::StripId::own());
    strip->setGain(patch::MixStrip::Channel::first, audio::Decibels::of(dice_.real(-12, 0)));
  }

  /// One strip goes with its cables, another comes.
  void exchangeStrip(jam::Desk& desk)
  {
    for (const auto& card : desk.showPatch().cards)
      if (card.isRemovable) {
        REQUIRE(desk.edit("Remove", [&](Patch& patch) -> Result<void> {
          patch.remove(card.id);
          return {};
        }));
        break;
      }
    while (desk.patch().modules().size() < kModules) addStrip(desk);
    while (desk.patch().connections().size() < kCables) connectAny(desk);
  }

  /// Somebody from outside comes and is heard, or goes.
  void haveGuest(jam::Desk& desk)
  {
    const jam::GuestId id{"tone", "Guest"};
    if (desk.isConnected(id)) return desk.sayGoodbye(id, "is gone");
    const auto came = desk.welcome("Guest", std::make_shared<jam::Tone>(jam::Tone::Kind::sine, kHertz));
    REQUIRE(came);
    if (desk.isConnected(id)) return; // to its old place
    const auto& modules = desk.patch().modules();
    const auto master = std::ranges::find(modules, "Master", [](const auto& p) { return p.about.name; });
    const patch::Socket to{master->about.id, 0};
    const patch::Socket from{modules.back().about.id, 0};
    REQUIRE(desk.edit("Connect", [&](Patch& patch) -> Result<void> {
      const auto made = patch.connect(from, to, audio::Decibels::of(-12));
      return made ? Result<void>{} : tl::unexpected{made.error()};
    }));
  }

  Jam& jam_;
  test::Dice dice_{64};
};

/// The host of a virtual machine takes processors away for milliseconds, and its guest counts them as used.
class Watch {
public:
  Watch()
  {
    for (unsigned processor = 0; processor < std::max(std::thread::hardware_concurrency(), 1U); ++processor)
      standstills_.push_back(std::make_unique<test::Standstill>(processor));
  }

  /// How many of ours were not in such a time. Where we may not watch, none is excused.
  std::size_t unexcused(const std::vector<Ear::Overrun>& overruns)
  {
    for (const auto& standstill : standstills_) standstill->end();
    return static_cast<std::size_t>(std::ranges::count_if(overruns, [&](const Ear::Overrun& one) {
      return std::ranges::none_of(standstills_, [&](const auto& standstill) {
        return standstill->isSharp() && standstill->touches(one.from, one.to);
      });
    }));
  }

private:
  std::vector<std::unique_ptr<test::Standstill>> standstills_;
};

int minutes()
{
  const char* const wished = std::getenv("TUTTI_SOAK_MINUTES");
  return wished != nullptr ? std::max(std::atoi(wished), 1) : 10;
}

} // namespace

TEST_CASE("A patch of 64 modules and 256 cables is edited once a second, without dropout or click", "[.soak]")
{
  const test::Awake awake;
  const test::TemporaryFolder folder;
  Ear ear; // outlives the device
  engine::JamSettings settings;
  settings.stateFolder = folder.path();
  settings.deviceOpener = listened(ear);
  Jam jam{settings, [] { return time::BeatGrid{{}, time::Beats::fromDouble(4), true}; }};
  audio::DeviceWish wish;
  wish.backend = audio::Backend::paced;
  wish.frames = kFrames;
  REQUIRE(jam.openDevice(wish));
  Hands hands{jam};
  const auto waitFor = [&](std::uint64_t block) {
    while (ear.blocks() < block) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  };
  auto next = ear.blocks() + kBlocksASecond;
  waitFor(next);
  ear.takeWorst(); // how it began
  ear.takeOverruns();
  Watch watch;
  const auto before = jam.snapshot().device;

  double worst = -200;
  const int edits = minutes() * 60;
  for (int number = 0; number < edits; ++number) {
    hands.edit(number);
    waitFor(next += kBlocksASecond);
    const auto click = ear.takeWorst();
    if (click > kInaudible) std::cout << "edit " << number << ": a click of " << click << " dB\n";
    worst = std::max(worst, click);
  }

  const auto after = jam.snapshot().device;
  const auto overruns = ear.takeOverruns();
  const auto ours = watch.unexcused(overruns);
  const auto percent = [](double share) { return std::round(share * 1000) / 10; };
  std::cout << edits << " edits, " << ear.judged() / 48'000 << " s judged, worst click " << worst << " dB\n"
            << "callback, of the period: median " << percent(after.loadMedian) << " %, 99.99 % within "
            << percent(after.loadWorst) << " %; of that computed " << percent(ear.computed(0.5)) << " % and "
            << percent(ear.computed(0.9999)) << " %\n"
            << "own xruns " << after.ownXruns - before.ownXruns << ", of these while the machine ran " << ours
            << "; held up by others " << after.heldUp - before.heldUp << ", device's "
            << after.status.xruns - before.status.xruns << '\n';
  CHECK(ours == 0);
  CHECK(after.ownXruns - before.ownXruns <= overruns.size() + 1); // the watch has missed none but the last
  CHECK(worst < kInaudible);
  CHECK(ear.loudest() > kAmplitude / 8); // it was heard all the time
  CHECK(ear.judged() > 0);
}
