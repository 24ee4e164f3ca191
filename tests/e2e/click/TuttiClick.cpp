// A metronome on Tutti's Link peer: its session state, heard through JACK.
//
//   tutti-click [--tempo BPM] [--trim-ms MS] [--disabled]
//
// The key `a` on standard input switches Link on and off.
// Ten times a second one JSON object: {"t":µs,"peers":n,"tempo":bpm,"session":"hex","offsetUs":…,
// "spreadUs":…,"roundTrips":…}.
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <stdexcept>
#include <string>

#include <jack/jack.h>
#include <poll.h>
#include <unistd.h>

#include <tutti/link/Link.hpp>
#include <tutti/time/AudioClock.hpp>

#include "Metronome.hpp"

namespace {

using namespace tutti;

struct Options {
  double bpm = 120;
  double trimMillis = 0;
  bool isEnabled = true;
};

Options parseOptions(int argc, char** argv)
{
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string name = argv[i];
    const auto value = [&] {
      return ++i < argc ? std::stod(argv[i]) : throw std::invalid_argument{name + " wants a value"};
    };
    if (name == "--tempo")
      options.bpm = value();
    else if (name == "--trim-ms")
      options.trimMillis = value();
    else if (name == "--disabled")
      options.isEnabled = false;
    else
      throw std::invalid_argument{"'" + name + "' is not an option"};
  }
  return options;
}

class Player {
public:
  explicit Player(const Options& options)
    : link_{time::Tempo::fromBpm(options.bpm)}
    , client_{jack_client_open("tutti-click", JackNoStartServer, nullptr)}
  {
    if (client_ == nullptr) throw std::runtime_error{"no JACK server; is JACK_DEFAULT_SERVER right?"};
    metronome_ = click::Metronome{static_cast<double>(jack_get_sample_rate(client_))};
    clock_.setTrim(Micros{static_cast<std::int64_t>(options.trimMillis * 1000)});
    port_ = jack_port_register(client_, "out", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput, 0);
    jack_set_process_callback(
      client_, [](auto n, auto* self) { return static_cast<Player*>(self)->play(n); }, this);
    jack_set_latency_callback(
      client_, [](auto mode, auto* self) { static_cast<Player*>(self)->measureLatency(mode); }, this);
    jack_activate(client_);
    connectToLoudspeaker();
    if (options.isEnabled) link_.enable();
  }
  ~Player() { jack_client_close(client_); }
  Player(const Player&) = delete;
  Player& operator=(const Player&) = delete;

  void toggleLink() { link_.isEnabled() ? link_.disable() : link_.enable(); }

  void printStatus() const
  {
    const auto status = link_.status();
    const auto estimate = status.estimate.value_or(link::Estimate{});
    std::printf(
      "{\"t\":%lld,\"peers\":%zu,\"tempo\":%.6f,\"session\":\"%s\",\"offsetUs\":%lld,\"spreadUs\":%lld,"
      "\"roundTrips\":%zu}\n",
      static_cast<long long>(microsOf(status.at)), status.peerCount, link_.captureApp().tempo().bpm(),
      status.session.hex().c_str(), static_cast<long long>(status.sessionOffset.count()),
      static_cast<long long>(estimate.spread.count()), estimate.roundTrips);
    std::fflush(stdout);
  }

private:
  int play(jack_nframes_t count) noexcept
  {
    const auto now = time::HostClock::now();
    const auto heardAt = clock_.blockAt(SampleTime{jack_last_frame_time(client_)}, now);
    const auto state = link_.captureAudio();
    metronome_.render({static_cast<float*>(jack_port_get_buffer(port_, count)), count}, state, heardAt);
    link_.commitAudio(state);
    return 0;
  }

  void measureLatency(jack_latency_callback_mode_t mode)
  {
    if (mode != JackPlaybackLatency) return;
    jack_latency_range_t range{};
    jack_port_get_latency_range(port_, JackPlaybackLatency, &range);
    const auto micros = 1e6 * range.max / jack_get_sample_rate(client_);
    clock_.setOutputLatency(Micros{static_cast<std::int64_t>(micros)});
  }

  void connectToLoudspeaker()
  {
    const auto** speakers =
      jack_get_ports(client_, nullptr, JACK_DEFAULT_AUDIO_TYPE, JackPortIsPhysical | JackPortIsInput);
    if (speakers == nullptr) throw std::runtime_error{"the JACK server has no loudspeaker"};
    jack_connect(client_, jack_port_name(port_), speakers[0]);
    jack_free(speakers);
  }

  link::Link link_;
  jack_client_t* client_;
  jack_port_t* port_ = nullptr;
  time::AudioClock clock_;
  click::Metronome metronome_{48'000}; // audio
};

/// Waits a tenth of a second, or until a key comes.
bool isKeyPressed()
{
  pollfd input{STDIN_FILENO, POLLIN, 0};
  char key = 0;
  if (poll(&input, 1, 100) <= 0) return false;
  if (read(STDIN_FILENO, &key, 1) != 1) {
    usleep(100'000); // nobody there to press keys
    return false;
  }
  return key == 'a';
}

volatile std::sig_atomic_t isAskedToStop = 0;

} // namespace

int main(int argc, char** argv)
try {
  std::signal(SIGTERM, [](int) { isAskedToStop = 1; });
  std::signal(SIGINT, [](int) { isAskedToStop = 1; });
  Player player{parseOptions(argc, argv)};
  while (isAskedToStop == 0) {
    player.printStatus();
    if (isKeyPressed()) player.toggleLink();
  }
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "tutti-click: " << error.what() << "\n";
  return EXIT_FAILURE;
}
