#include "BridgeVerb.hpp"

#include <algorithm>
#include <unistd.h>

#include <tutti/engine/CarriedChannels.hpp>
#include <tutti/engine/Engine.hpp>
#include <tutti/room/Session.hpp>

#include "BridgeNews.hpp"
#include "BridgeReport.hpp"
#include "verbs/JsonLine.hpp"
#include "verbs/link/GatewayProblems.hpp"
#include "verbs/terminal/GivenInvitation.hpp"
#include "verbs/terminal/InterfaceFlag.hpp"
#include "verbs/terminal/LineReader.hpp"
#include "verbs/terminal/Narration.hpp"

namespace tutti::app {
namespace {

using time::HostClock;

/// The session's start and stop pass through; there is nothing here that plays.
engine::Settings settings()
{
  engine::Settings settings;
  settings.isLinkEnabled = false; // until there is a room
  settings.followsStartStop = false;
  return settings;
}

/// Hears no music but that of channels.
class ChannelEar : public room::Session::Sink {
public:
  explicit ChannelEar(engine::CarriedChannels& channels)
    : channels_{channels}
  {}

  void arrived(net::StreamId id, std::span<const std::byte> packet, const room::Way& /*from*/,
               HostTime kernelTime) override
  {
    channels_.arrived(id, packet, kernelTime);
  }
  void tick(HostTime /*now*/) override {}
  void changed() override {}

private:
  engine::CarriedChannels& channels_;
};

class Bridger {
public:
  explicit Bridger(const BridgeOptions& options)
    : options_{options}
    , narration_{options.duration}
    , engine_{settings(), withLoopback(options.interfaces)}
  {}

  int run()
  {
    const auto ready = givenInvitation(options_.invite, options_.inviteFile, input_,
                                       [this](int input) { return narration_.waitFor(input); })
                         .and_then(&room::Invitation::parse)
                         .and_then([this](const room::Invitation& room) { return join(room); });
    if (narration_.isOver()) return EXIT_SUCCESS; // nobody wanted it any more
    if (!ready) return fail(ready.error());
    bridge_ = engine_.openBridge(*session_, options_.rights);
    if (options_.hasLinkAudio) carry();
    greet();
    while (narration_.nextSecond()) tell();
    channels_.part();
    channels_.lose();
    return status_;
  }

private:
  Result<void> join(const room::Invitation& invitation)
  {
    room::Session::Options options;
    options.invitation = invitation;
    options.password = options_.password;
    options.name = options_.name;
    options.instrument = "Link";
    return room::Session::join(options, ear_).map([this](std::unique_ptr<room::Session> session) {
      session_ = std::move(session);
    });
  }

  void carry()
  {
    audio_ = engine_.linkAudioWay().open(options_.name);
    audio_->enable();
    channels_.carry({{options_.carried.begin(), options_.carried.end()}, options_.carriedAs});
    channels_.use(*audio_);
    channels_.meet(*session_);
  }

  void greet()
  {
    const auto room = session_->status().room.name;
    narration_.line(options_.isJson ? bridgeJoinedJson(HostClock::now(), room, options_.name)
                                    : "Bridging Link in the room '" + room + "' as " + options_.name +
                                        ". Leave with Ctrl-C.");
  }

  void tell()
  {
    const auto now = HostClock::now();
    for (const auto& problem : problems_.news(engine_.snapshot().link)) complain(now, problem);
    tellRoom(now);
    const auto snapshot = bridge_->snapshot();
    channels_.follow(snapshot);
    tellNotices(snapshot);
    const auto channels = channels_.snapshot();
    if (std::exchange(channelsProblem_, channels.problem) != channels.problem && !channels.problem.empty())
      complain(now, channels.problem);
    if (!options_.isJson) return narration_.live(bridgeText(snapshot) + bridgeChannelsText(channels));
    narration_.line(bridgeJson(now, snapshot));
    if (options_.hasLinkAudio) narration_.line(bridgeChannelsJson(now, channels));
  }

  void tellNotices(const bridge::Snapshot& snapshot)
  {
    for (const auto& notice : news_.news(snapshot))
      narration_.line(options_.isJson ? eventJson(notice.at, "notice", notice.text) : notice.text);
  }

  /// Each problem once. Being sent away ends the bridge.
  void tellRoom(HostTime now)
  {
    const auto status = session_->status();
    if (status.problem != told_ && !status.problem.empty()) complain(now, status.problem);
    told_ = status.problem;
    if (status.state != room::Session::State::out) return;
    status_ = EXIT_FAILURE;
    narration_.end();
  }

  void complain(HostTime now, const std::string& problem)
  {
    if (options_.isJson) narration_.line(eventJson(now, "problem", problem));
    narration_.aside("tutti: " + problem);
  }

  const BridgeOptions& options_;
  Narration narration_;
  LineReader input_{STDIN_FILENO};
  engine::CarriedChannels channels_;
  ChannelEar ear_{channels_};
  engine::Engine engine_;
  std::unique_ptr<linkaudio::LinkAudio> audio_;
  std::unique_ptr<room::Session> session_;
  std::unique_ptr<bridge::LinkBridge> bridge_; // says goodbye through engine and session
  GatewayProblems problems_;
  std::string told_;
  std::string channelsProblem_;
  BridgeNews news_;
  int status_ = EXIT_SUCCESS;
};

} // namespace

int runBridge(const BridgeOptions& options)
{
  return Bridger{options}.run();
}

} // namespace tutti::app
