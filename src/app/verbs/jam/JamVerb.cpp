#include "JamVerb.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <poll.h>

#include <tutti/engine/Engine.hpp>
#include <tutti/engine/Jam.hpp>
#include <tutti/jam/Tape.hpp>
#include <tutti/jam/Tone.hpp>

#include "JamReport.hpp"
#include "verbs/link/Display.hpp"
#include "verbs/link/Interruptions.hpp"

namespace tutti::app {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

int fail(const Error& error)
{
  std::fprintf(stderr, "tutti: %s\n", error.detail.c_str());
  return EXIT_FAILURE;
}

Result<std::string> invitationOf(const JamOptions& options)
{
  std::string link = options.invite;
  if (!options.inviteFile.empty()) {
    std::ifstream file{options.inviteFile};
    if (!std::getline(file, link))
      return failure(ErrorKind::unavailable,
                     "'" + options.inviteFile + "' holds no invitation that can be read");
  } else if (link == "-") {
    std::getline(std::cin, link);
  }
  if (link.empty())
    return failure(ErrorKind::malformed, "Which room? Give the invitation that its host sent you, tutti://…");
  return link;
}

engine::Settings linkSettings(const JamOptions& options)
{
  engine::Settings settings;
  settings.isLinkEnabled = options.isLinkEnabled;
  return settings;
}

engine::JamSettings jamSettings(const JamOptions& options)
{
  engine::JamSettings settings;
  settings.name = options.name;
  settings.instrument = options.instrument;
  settings.device = options.device;
  settings.codec = options.codec;
  settings.intent = options.intent;
  settings.hasDirectOuts = true;
  return settings;
}

class Musician {
public:
  explicit Musician(const JamOptions& options)
    : options_{options}
    , engine_{linkSettings(options)}
    , jam_{jamSettings(options), [this] { return engine_.beatGrid(); }}
    , display_{interruptions_.descriptor()}
  {}

  int run()
  {
    const auto ready =
      invitationOf(options_).and_then([this](const std::string& link) { return prepare(link); });
    if (!ready) return fail(ready.error());
    const auto joined = jam_.snapshot();
    say(options_.isJson ? joinedJson(HostClock::now(), joined) : joinedText(joined));
    for (auto next = begun_ + 1s; !isOver_; next += 1s) {
      if (options_.duration) next = std::min(next, begun_ + *options_.duration);
      waitUntil(next);
      if (isOver_) break;
      tell();
      if (options_.duration && HostClock::now() >= begun_ + *options_.duration) break;
    }
    display_.endLive();
    return status_;
  }

private:
  Result<void> prepare(const std::string& link)
  {
    return jam_.openDevice(options_.device)
      .and_then([this] { return chooseInput(); })
      .and_then([this] { return options_.record.empty() ? Result<void>{} : jam_.record(options_.record); })
      .and_then([&] {
        jam_.withDesk([this](jam::Desk& desk) {
          desk.setMetronomeOn(options_.isMetronomeOn);
          desk.setMonitoring(options_.isMonitoring);
        });
        return jam_.join(link, options_.password);
      });
  }

  Result<void> chooseInput()
  {
    switch (options_.input.kind) {
    case JamInput::Kind::device:
      break;
    case JamInput::Kind::tone:
      jam_.setInstrument(std::make_shared<jam::Tone>(jam::Tone::Kind::sine, options_.input.hertz));
      break;
    case JamInput::Kind::clicks:
      jam_.setInstrument(std::make_shared<jam::Tone>(jam::Tone::Kind::clicks));
      break;
    case JamInput::Kind::file:
      return jam::Tape::open(options_.input.file, jam_.snapshot().device.status.rate)
        .map([this](std::shared_ptr<jam::Tape> tape) { jam_.setInstrument(std::move(tape)); });
    }
    return {};
  }

  void say(const std::string& text)
  {
    isOver_ = isOver_ || display_.line(text) == Display::Outcome::readerGone;
  }

  void waitUntil(HostTime moment)
  {
    const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(std::max(moment - HostClock::now(), Micros{0}));
    pollfd wait{interruptions_.descriptor(), POLLIN, 0};
    ::poll(&wait, 1, static_cast<int>(left.count()));
    while (const auto interruption = interruptions_.next())
      if (*interruption == Interruption::leave)
        isOver_ = true;
      else
        ::raise(SIGSTOP);
  }

  void tell()
  {
    const auto snapshot = jam_.snapshot();
    const auto now = HostClock::now();
    tellProblem(now, snapshot);
    if (!options_.isJson) {
      isOver_ = isOver_ || display_.live(secondText(snapshot)) == Display::Outcome::readerGone;
      return;
    }
    for (const auto& player : snapshot.players) say(playerJson(now, player));
    say(ownJson(now, snapshot));
  }

  /// Each problem once. Being sent away ends the jam.
  void tellProblem(HostTime now, const jam::JamSnapshot& snapshot)
  {
    const auto problem = snapshot.room.problem.empty() ? snapshot.device.problem : snapshot.room.problem;
    if (problem != told_ && !problem.empty()) {
      if (options_.isJson) say(eventJson(now, "problem", problem));
      display_.aside("tutti: " + problem);
    }
    told_ = problem;
    if (snapshot.room.state != jam::RoomState::lost) return;
    status_ = EXIT_FAILURE;
    isOver_ = true;
  }

  const JamOptions& options_;
  engine::Engine engine_;
  engine::Jam jam_;
  Interruptions interruptions_;
  Display display_;
  HostTime begun_ = HostClock::now();
  std::string told_;
  int status_ = EXIT_SUCCESS;
  bool isOver_ = false;
};

} // namespace

int runJam(const JamOptions& options)
{
  return Musician{options}.run();
}

} // namespace tutti::app
