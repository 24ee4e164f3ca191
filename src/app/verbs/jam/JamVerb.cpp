#include "JamVerb.hpp"

#include <array>
#include <map>
#include <set>
#include <unistd.h>
#include <utility>

#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/engine/PatchClerk.hpp>
#include <tutti/engine/PatchDoor.hpp>
#include <tutti/engine/PatchFile.hpp>

#include "JamReport.hpp"
#include "Wish.hpp"
#include "verbs/JsonLine.hpp"
#include "verbs/bridge/BridgeNews.hpp"
#include "verbs/bridge/BridgeReport.hpp"
#include "verbs/terminal/GivenInvitation.hpp"
#include "verbs/terminal/InterfaceFlag.hpp"
#include "verbs/terminal/LineReader.hpp"
#include "verbs/terminal/Narration.hpp"
#include "verbs/terminal/RememberedSettings.hpp"

namespace tutti::app {
namespace {

using time::HostClock;

/// Empty: none is needed.
Result<std::string> invitationOf(const JamOptions& options, LineReader& input, const LineReader::Wait& wait)
{
  if (options.isAlone) return std::string{};
  return givenInvitation(options.invite, options.inviteFile, input, wait);
}

engine::Settings linkSettings(const JamOptions& options)
{
  engine::Settings settings;
  settings.isLinkEnabled = options.isLinkEnabled;
  return settings;
}

engine::JamSettings jamSettings(const JamOptions& options, engine::Engine& engine)
{
  const auto remembered = rememberedSettings();
  engine::JamSettings settings;
  settings.letsProgramsIn = true;
  settings.programsApproved = remembered.programsApproved;
  settings.name = options.name;
  settings.instrument = options.instrument;
  settings.device = options.device;
  settings.codec = options.codec;
  settings.intent = options.intent;
  settings.mode = options.mode;
  settings.hasDirectOuts = true;
  settings.lanServers = options.lanServers;
  settings.linkAudioWay = engine.linkAudioWay();
  settings.channels.isOn = options.hasLinkAudio || !options.carried.empty();
  settings.channels.bringsAll = options.hasLinkAudio;
  settings.channels.carried = {options.carried.begin(), options.carried.end()};
  settings.isBridging = options.isBridging;
  settings.bridgeRights = options.rights;
  settings.bridgeOpener = [&engine](room::Session& session, const bridge::Rights& rights) {
    return engine.openBridge(session, rights);
  };
  settings.trims = remembered.trims;
  return settings;
}

class Musician {
public:
  explicit Musician(const JamOptions& options)
    : options_{options}
    , engine_{linkSettings(options), withLoopback(options.interfaces)}
    , jam_{jamSettings(options, engine_), [this] { return engine_.beatGrid(); }}
    , narration_{options.duration}
  {}

  int run()
  {
    const auto ready = invitationOf(options_, input_, [this](int input) {
                         return narration_.waitFor(input);
                       }).and_then([this](const std::string& link) { return prepare(link); });
    if (narration_.isOver()) return EXIT_SUCCESS; // nobody wanted it any more
    if (!ready) return fail(ready.error());
    door_ = engine::PatchDoor::tryOpen("jam", clerk_);
    const auto joined = jam_.snapshot();
    narration_.line(options_.isJson ? joinedJson(HostClock::now(), joined) : joinedText(joined));
    while (narration_.nextSecond()) {
      heedWishes();
      tell();
    }
    return status_;
  }

private:
  Result<void> prepare(const std::string& link)
  {
    return jam_.openDevice(options_.device)
      .and_then([this] { return chooseInput(); })
      .and_then([this] { return offerStreams(); })
      .and_then([this] { return publishChannels(); })
      .and_then([this] { return startPrograms(); })
      .and_then([&] {
        jam_.withDesk([this](jam::Desk& desk) {
          desk.setMetronomeOn(options_.isMetronomeOn);
          desk.setMonitoring(options_.isMonitoring);
        });
        return options_.isAlone ? jam_.playAlone() : jam_.join(link, options_.password);
      })
      .and_then([this] { return record(); }); // last: who does not get in leaves no file
  }

  Result<void> chooseInput()
  {
    return instrumentOf(options_.input, jam_.snapshot().device.status.rate)
      .map([this](std::shared_ptr<patch::Module> instrument) {
        if (instrument) jam_.setInstrument(std::move(instrument));
      });
  }

  Result<void> offerStreams()
  {
    for (const auto& offer : options_.lanOffers)
      if (auto offered = jam_.offerStream(offer); !offered) return offered;
    return {};
  }

  /// To publish is to take part.
  Result<void> publishChannels()
  {
    for (const auto& offer : options_.channelOffers)
      if (auto published = jam_.publishChannel(offer); !published) return published;
    if (!options_.channelOffers.empty()) jam_.setLinkAudio(true);
    return {};
  }

  Result<void> startPrograms()
  {
    for (const auto& file : options_.approvedPatches) { // whoever names it has looked at what it would start
      const auto reading = engine::readPatch(file);
      if (!reading) return tl::unexpected{reading.error()};
      for (const auto& program : reading->snapshot.processes) jam_.approveProgram(program);
    }
    for (const auto& program : options_.programs)
      if (auto added = jam_.addProgram(program); !added) return added;
    return {};
  }

  Result<void> record()
  {
    jam::RecordingWish wish;
    if (!options_.record.empty()) wish.mix = options_.record;
    if (!options_.recordTracks.empty()) wish.folder = options_.recordTracks;
    return wish.mix || wish.folder ? jam_.record(wish) : Result<void>{};
  }

  void heedWishes()
  {
    while (const auto line = input_.tryNext()) {
      const auto done = Wish::parse(*line).and_then([this](const Wish& wish) { return fulfil(jam_, wish); });
      if (!done) complain(HostClock::now(), done.error().detail);
    }
  }

  void complain(HostTime now, const std::string& problem)
  {
    if (options_.isJson) narration_.line(eventJson(now, "problem", problem));
    narration_.aside("tutti: " + problem);
  }

  void tell()
  {
    const auto snapshot = jam_.snapshot();
    const auto now = HostClock::now();
    tellProblem(now, snapshot);
    tellModes(now, snapshot);
    tellStreams(now);
    tellChannels(now);
    tellPrograms(now);
    const auto bridge = jam_.bridge().atWork;
    if (bridge) tellNews(*bridge);
    if (!options_.isJson) {
      narration_.live(secondText(snapshot) + (bridge ? "  |  " + bridgeText(*bridge) : std::string{}));
      return;
    }
    for (const auto& player : snapshot.players) narration_.line(playerJson(now, player));
    for (const auto& guest : snapshot.guests) narration_.line(guestJson(now, guest));
    narration_.line(ownJson(now, snapshot));
    if (bridge) narration_.line(bridgeJson(now, *bridge));
  }

  void tellNews(const bridge::Snapshot& bridge)
  {
    for (const auto& notice : news_.news(bridge))
      narration_.line(options_.isJson ? eventJson(notice.at, "notice", notice.text) : notice.text);
  }

  /// Each problem once, however many there are. Being sent away ends the jam.
  void tellProblem(HostTime now, const jam::JamSnapshot& snapshot)
  {
    const std::array problems{snapshot.room.problem, snapshot.device.problem, snapshot.recordingProblem};
    for (std::size_t i = 0; i < problems.size(); ++i)
      if (problems[i] != std::exchange(told_[i], problems[i]) && !problems[i].empty())
        complain(now, problems[i]);
    if (snapshot.room.state != jam::RoomState::none) return;
    status_ = EXIT_FAILURE;
    narration_.end();
  }

  /// Once for each player whose delay cannot be kept, and again after it could.
  void tellModes(HostTime now, const jam::JamSnapshot& snapshot)
  {
    for (const auto& player : snapshot.players) {
      const bool isNews =
        player.modeProblem.empty() ? refused_.erase(player.id) > 0 : refused_.insert(player.id).second;
      if (isNews && !player.modeProblem.empty()) complain(now, player.modeProblem);
    }
  }

  /// Once for each server whose streams are wanted and cannot be had, and again after they could.
  void tellStreams(HostTime now)
  {
    const auto lan = jam_.lan();
    if (std::exchange(lanProblem_, lan.problem) != lan.problem && !lan.problem.empty())
      complain(now, lan.problem);
    for (const auto& server : lan.servers) {
      auto& told = absent_[server.name];
      if (std::exchange(told, server.problem) != server.problem && !server.problem.empty())
        complain(now, "The streams of " + server.name + " are not here: " + server.problem);
    }
  }

  /// Once for each channel that the patch knows and that is not there.
  void tellChannels(HostTime now)
  {
    const auto channels = jam_.channels();
    if (std::exchange(channelsProblem_, channels.problem) != channels.problem && !channels.problem.empty())
      complain(now, channels.problem);
    for (const auto& channel : channels.channels) {
      if (channel.guest.empty()) continue;
      auto& told = absent_["channel " + channel.guest];
      if (std::exchange(told, channel.problem) != channel.problem && !channel.problem.empty())
        complain(now, "The channel " + channel.guest + " is not here: " + channel.problem);
    }
  }

  /// What keeps a program from playing, once.
  void tellPrograms(HostTime now)
  {
    using State = module::ProcessPicture::State;
    for (const auto& program : jam_.programs().programs) {
      const auto problem = program.state == State::running ? std::string{} : program.text;
      auto& told = absent_["program " + program.name];
      if (std::exchange(told, problem) != problem && !problem.empty())
        complain(now, "The program " + program.name + " does not play: " + problem);
    }
  }

  const JamOptions& options_;
  engine::Engine engine_;
  engine::Jam jam_;
  Narration narration_;
  LineReader input_{STDIN_FILENO};
  std::array<std::string, 3> told_;           // of the room, the device, the recording
  std::set<jam::PlayerId> refused_;           // whose delay cannot be as it was wished
  std::map<std::string, std::string> absent_; // why, by server or program
  std::string lanProblem_;
  std::string channelsProblem_;
  BridgeNews news_;
  int status_ = EXIT_SUCCESS;
  engine::PatchClerk clerk_{jam_, "jam", engine::setSessionOf(engine_)};
  std::unique_ptr<engine::PatchDoor> door_; // gone before what its visitors are shown
};

} // namespace

int runJam(const JamOptions& options)
{
  return Musician{options}.run();
}

} // namespace tutti::app
