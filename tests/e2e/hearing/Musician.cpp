// Someone who plays into a program on JACK: a steady sine, and clicks whose beginning can be timed.
//
//   musician [--hz HZ] [--clicks-per-second N] SINE-INTO CLICKS-INTO
//
// Its own ports are musician:sine and musician:clicks. Says {"ready":true} once it plays; ends with SIGTERM.
#include <atomic>
#include <cmath>
#include <csignal>
#include <cstdio>
#include <iostream>
#include <numbers>
#include <stdexcept>
#include <string>
#include <vector>

#include <jack/jack.h>
#include <unistd.h>

namespace {

constexpr double kAmplitude = 0.5;
constexpr double kClickHz = 1200;
constexpr double kClickSeconds = 0.06;
constexpr int kTries = 500;
constexpr useconds_t kBetweenTries = 20'000;

class Musician {
public:
  Musician(double hz, double clicksPerSecond)
    : client_{jack_client_open("musician", JackNoStartServer, nullptr)}
    , hz_{hz}
  {
    if (client_ == nullptr) throw std::runtime_error{"no JACK server; is JACK_DEFAULT_SERVER right?"};
    rate_ = jack_get_sample_rate(client_);
    period_ = static_cast<std::uint64_t>(rate_ / clicksPerSecond);
    sine_ = jack_port_register(client_, "sine", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput, 0);
    clicks_ = jack_port_register(client_, "clicks", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput, 0);
    jack_set_process_callback(
      client_, [](auto n, auto* self) { return static_cast<Musician*>(self)->play(n); }, this);
    jack_activate(client_);
  }
  ~Musician() { jack_client_close(client_); }
  Musician(const Musician&) = delete;
  Musician& operator=(const Musician&) = delete;

  void playInto(const std::string& sine, const std::string& clicks)
  {
    connect(sine_, sine);
    connect(clicks_, clicks);
  }

private:
  // A program that comes back registers its ports one by one and can be played into once it runs
  void connect(jack_port_t* from, const std::string& to)
  {
    for (int tries = 0; jack_connect(client_, jack_port_name(from), to.c_str()) != 0; ++tries) {
      if (tries == kTries) throw std::runtime_error{"cannot play into " + to};
      usleep(kBetweenTries);
    }
  }

  int play(jack_nframes_t count)
  {
    auto* sine = static_cast<float*>(jack_port_get_buffer(sine_, count));
    auto* clicks = static_cast<float*>(jack_port_get_buffer(clicks_, count));
    for (jack_nframes_t i = 0; i < count; ++i, ++frame_) {
      const auto turns = hz_ / rate_ * static_cast<double>(frame_);
      sine[i] = static_cast<float>(kAmplitude * std::sin(2 * std::numbers::pi * (turns - std::floor(turns))));
      const auto since = static_cast<double>(frame_ % period_) / rate_;
      const auto fade = std::max(0.0, 1 - since / kClickSeconds);
      clicks[i] = static_cast<float>(kAmplitude * fade * std::cos(2 * std::numbers::pi * kClickHz * since));
    }
    return 0;
  }

  jack_client_t* client_;
  jack_port_t* sine_ = nullptr;
  jack_port_t* clicks_ = nullptr;
  double hz_;
  double rate_ = 48'000;
  std::uint64_t period_ = 0;
  std::uint64_t frame_ = 0; // audio
};

volatile std::sig_atomic_t isAskedToStop = 0;

} // namespace

int main(int argc, char** argv)
try {
  std::signal(SIGTERM, [](int) { isAskedToStop = 1; });
  std::signal(SIGINT, [](int) { isAskedToStop = 1; });
  double hz = 1000;
  double clicksPerSecond = 5;
  std::vector<std::string> into;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] {
      return ++i < argc ? std::stod(argv[i]) : throw std::invalid_argument{word + " wants a value"};
    };
    if (word == "--hz")
      hz = value();
    else if (word == "--clicks-per-second")
      clicksPerSecond = value();
    else
      into.push_back(word);
  }
  if (into.size() != 2) throw std::invalid_argument{"usage: musician [options] SINE-INTO CLICKS-INTO"};
  Musician musician{hz, clicksPerSecond};
  musician.playInto(into[0], into[1]);
  std::puts(R"({"ready":true})");
  std::fflush(stdout);
  while (isAskedToStop == 0) usleep(20'000);
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "musician: " << error.what() << "\n";
  return EXIT_FAILURE;
}
