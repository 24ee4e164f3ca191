#include "DemoVerb.hpp"

#include <array>
#include <cstdlib>
#include <system_error>

#include <tutti/core/PassingFolder.hpp>
#include <tutti/core/SafeFile.hpp>
#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/jam/Tone.hpp>
#include <tutti/serve/Host.hpp>

#include "DemoReport.hpp"
#include "verbs/terminal/Arguments.hpp"
#include "verbs/terminal/Narration.hpp"

namespace tutti::app {
namespace {

using time::HostClock;

constexpr double kFirstTempo = 120;
constexpr double kSecondTempo = 132; // taken up by the other: that is the Link session
constexpr auto kServer = IpAddress::v4({127, 0, 0, 1});
constexpr auto kLoopback = "lo";

/// One of the two: a Link peer on the loopback, a steady clock as device, a tone as instrument.
class DemoMusician {
public:
  DemoMusician(const std::string& name, double hertz)
    : name_{name}
    , engine_{engine::Settings{}, {kLoopback}}
    , jam_{settings(name), [this] { return engine_.beatGrid(); }}
  {
    jam_.setInstrument(std::make_shared<jam::Tone>(jam::Tone::Kind::sine, hertz));
  }

  Result<void> join(const room::Invitation& invitation)
  {
    return jam_.openDevice(device()).and_then([&] { return jam_.join(invitation.link(), std::nullopt); });
  }

  engine::Engine& link() { return engine_; }
  engine::Jam& jam() { return jam_; }

  [[nodiscard]] DemoBeat beat() const
  {
    const auto snapshot = engine_.snapshot();
    return {name_, snapshot.grid.tempo().bpm(), snapshot.link.peerCount};
  }
  /// Nothing before somebody is heard.
  std::optional<DemoEar> ear()
  {
    const auto snapshot = jam_.snapshot();
    if (snapshot.players.empty() || !snapshot.players.front().isHeard) return std::nullopt;
    return DemoEar{name_, snapshot.players.front()};
  }

private:
  static audio::DeviceWish device()
  {
    audio::DeviceWish wish;
    wish.backend = audio::Backend::paced;
    wish.frames = 64;
    return wish;
  }
  static engine::JamSettings settings(const std::string& name)
  {
    engine::JamSettings settings;
    settings.name = name;
    settings.device = device();
    settings.interfaces = {kLoopback};
    return settings;
  }

  std::string name_;
  engine::Engine engine_;
  engine::Jam jam_;
};

class Demo {
public:
  Demo(const DemoOptions& options, serve::Host& host)
    : options_{options}
    , host_{host}
    , recording_{options.folder / "demo.wav"}
    , picture_{options.folder / "demo.svg"}
    , narration_{options.duration}
  {}

  int run()
  {
    const auto begun = begin();
    if (!begun) return fail(begun.error());
    if (!options_.isJson)
      narration_.line("A room, two musicians and a Link session, all on this machine. End with Ctrl-C.");
    for (int second = 1; narration_.nextSecond(); ++second) {
      if (second == 2) musicians_[1].link().setTempo(time::Tempo::fromBpm(kSecondTempo));
      tell();
    }
    return end();
  }

private:
  Result<void> begin()
  {
    std::error_code error;
    std::filesystem::create_directories(options_.folder, error);
    if (error)
      return failure(ErrorKind::refused,
                     "The folder " + options_.folder.string() + " cannot be made: " + error.message());
    serve::RoomWish wish;
    wish.name = "Demo";
    const auto room = host_.openRoom(wish);
    if (!room) return tl::unexpected{room.error()};
    for (auto& musician : musicians_)
      if (auto joined = musician.join(*room); !joined) return joined;
    musicians_[0].link().setTempo(time::Tempo::fromBpm(kFirstTempo));
    musicians_[0].link().play();
    musicians_[1].jam().withDesk([](jam::Desk& desk) { desk.setMetronomeOn(true); });
    jam::RecordingWish recording;
    recording.mix = recording_;
    return musicians_[1].jam().record(recording);
  }

  void look()
  {
    beats_.clear();
    ears_.clear();
    for (auto& musician : musicians_) {
      beats_.push_back(musician.beat());
      if (auto ear = musician.ear()) ears_.push_back(std::move(*ear));
    }
  }

  void tell()
  {
    look();
    if (!options_.isJson) return narration_.live(secondText(beats_, ears_));
    const auto now = HostClock::now();
    for (const auto& beat : beats_) narration_.line(beatJson(now, beat));
    for (const auto& ear : ears_) narration_.line(earJson(now, ear));
  }

  int end()
  {
    look();
    musicians_[1].jam().stopRecording();
    if (ears_.size() < musicians_.size())
      return fail({ErrorKind::unavailable,
                   "The two did not hear each other. tutti doctor says what is in the way here; a demo takes "
                   "three seconds at least."});
    if (const auto drawn = replaceWhole(picture_, demoPicture(ears_)); !drawn) return fail(drawn.error());
    if (options_.isJson) {
      narration_.line(doneJson(HostClock::now(), recording_.string(), picture_.string()));
      return EXIT_SUCCESS;
    }
    for (const auto& beat : beats_) narration_.line(beatText(beat));
    for (const auto& ear : ears_) narration_.line(earText(ear));
    narration_.line("Recorded: " + recording_.string());
    narration_.line("Drawn:    " + picture_.string());
    return EXIT_SUCCESS;
  }

  const DemoOptions& options_;
  serve::Host& host_;
  std::filesystem::path recording_;
  std::filesystem::path picture_;
  std::array<DemoMusician, 2> musicians_{DemoMusician{"Anna", 440}, DemoMusician{"Bela", 660}};
  std::vector<DemoBeat> beats_;
  std::vector<DemoEar> ears_;
  Narration narration_;
};

} // namespace

CLI::App* addDemoVerb(CLI::App& program, DemoOptions& options)
{
  auto* verb = program.add_subcommand("demo", "A room, two musicians and a Link session on this machine");
  verb->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  verb
    ->add_option_function<std::string>(
      "--folder", [&options](const std::string& folder) { options.folder = folder; },
      "Where the recording and the picture go (tutti-demo)")
    ->type_name("FOLDER");
  addValue(*verb, "--duration", "SECONDS", "How long they play (10)", parseSeconds, options.duration);
  verb->add_flag("--json", options.isJson, "One JSON object a line");
  verb->fallthrough();
  return verb;
}

int runDemo(const DemoOptions& options)
{
  const PassingFolder state{"tutti-demo"};
  serve::Host::Options wish;
  wish.listen = kServer;
  wish.stateFolder = state.path();
  wish.isAnnounced = false;
  const auto host = serve::Host::open(wish);
  if (!host) return fail(host.error());
  return Demo{options, **host}.run();
}

} // namespace tutti::app
