#include "LinkVerb.hpp"

#include <algorithm>
#include <array>
#include <csignal>

#include <tutti/engine/Engine.hpp>
#include <tutti/net/Doorbell.hpp>

#include "Agenda.hpp"
#include "Controls.hpp"
#include "Keyboard.hpp"
#include "LinkReport.hpp"
#include "verbs/terminal/Interruptions.hpp"

namespace tutti::app {
namespace {

using namespace std::chrono_literals;
using time::HostClock;

constexpr auto kLookAtEffect = 5ms; // of what we asked for ourselves
constexpr auto kLookAtBeats = 40ms; // the eye sees a line move
constexpr auto kLookAround = 1s;    // before we start alone, others have the time to be found
constexpr auto kCalm = 300ms;       // so long after a command its effect has shown

engine::Settings settingsOf(const LinkOptions& options)
{
  engine::Settings settings;
  settings.tempo = options.tempo;
  settings.quantum = options.quantum;
  settings.isLinkEnabled = options.isEnabled;
  settings.followsStartStop = options.followsStartStop;
  return settings;
}

/// Waits for a key, a signal or the time; the shell around the pure pieces.
class LinkPeer {
public:
  explicit LinkPeer(const LinkOptions& options)
    : engine_{settingsOf(options), options.interfaces}
    , agenda_{options, begun_}
    , display_{interruptions_.descriptor()}
    , report_{options.output, display_}
    , isLinkWanted_{options.isEnabled}
    , wantsToPlay_{options.plays}
  {
    engine_.onChange([this] { bell_.ring(); });
    if (report_.isLive())
      display_.line("a Link   space play   w/e tempo   r/t quantum   s start/stop sync   q quit");
  }

  void run()
  {
    while (!isOver_) {
      look();
      if (!isOver_) listen();
    }
    display_.endLive();
  }

private:
  void look()
  {
    const auto due = agenda_.advance(HostClock::now());
    for (const auto tempo : due.tempi) ask(tempo);
    const auto snapshot = engine_.snapshot();
    const auto outcome = report_.show(snapshot, due.isSecond);
    if (wantsToPlay_ && isSettled(snapshot)) play();
    // Nobody listens any more: that is an end, but no failure ("tutti link --json | head").
    isOver_ = due.isOver || outcome == Display::Outcome::readerGone;
  }

  /// Who starts before having met the session starts alone, and is heard by nobody.
  [[nodiscard]] bool isSettled(const engine::Snapshot& snapshot) const
  {
    return !isLinkWanted_ || snapshot.link.peerCount > 0 || snapshot.at - begun_ >= kLookAround;
  }

  void play()
  {
    wantsToPlay_ = false;
    ask(Switch::play);
  }

  void listen()
  {
    const auto keys = keyboard_.attend();
    std::array<net::Watch, 2> watches{
      {{.descriptor = interruptions_.descriptor()}, {.descriptor = keys.value_or(-1)}}};
    bell_.waitUntil(nextLook(), watches);
    if (watches[1].isReady) type(keyboard_.read());
    while (const auto interruption = interruptions_.next()) obey(*interruption);
  }

  [[nodiscard]] HostTime nextLook() const
  {
    const auto now = HostClock::now();
    const auto due = agenda_.nextDeadline();
    if (report_.isLive()) return std::min(due, now + kLookAtBeats);
    if (now - askedAt_ < kCalm) return std::min(due, now + kLookAtEffect);
    return due;
  }

  void type(const std::string& typed)
  {
    for (const auto key : reader_.read(typed)) {
      if (key == Key::quit) isOver_ = true;
      if (isOver_) return;
      if (key == Key::togglePlay) wantsToPlay_ = false;
      if (const auto command = controls_.press(key, engine_.snapshot())) ask(*command);
    }
  }

  void ask(const Command& command)
  {
    perform(command, engine_);
    askedAt_ = HostClock::now();
  }

  void obey(Interruption interruption)
  {
    if (interruption == Interruption::leave) {
      isOver_ = true;
      return;
    }
    keyboard_.release();
    display_.endLive();
    ::raise(SIGSTOP); // here we sleep until the shell calls us back
  }

  HostTime begun_ = HostClock::now();
  Interruptions interruptions_;
  net::Doorbell bell_;
  Keyboard keyboard_; // before the engine, so that the terminal is given back last of all
  engine::Engine engine_;
  Agenda agenda_;
  Controls controls_;
  KeyReader reader_;
  Display display_;
  LinkReport report_;
  bool isLinkWanted_;
  bool wantsToPlay_;
  HostTime askedAt_ = begun_;
  bool isOver_ = false;
};

} // namespace

int runLink(const LinkOptions& options)
{
  LinkPeer{options}.run();
  return 0;
}

} // namespace tutti::app
