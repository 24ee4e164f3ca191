// Listens to a sine on JACK for some seconds, and says what a listener would complain of.
//
//   listener [--hz HZ] [--follow] --seconds S FROM
//
// One JSON object at the end:
// {"seconds":…,"amplitude":…,"snrDb":…,"xruns":n,"glitches":[{"t":µs,"ms":…},…],"gaps":[…]}.
// t is CLOCK_MONOTONIC_RAW where the glitch begins, a few ms near: so that it can be laid beside an xrun.
// With --follow, one for each 50 ms while it listens, and none at the end: how loud the sine is, and when
// that was, in µs of the host's clock; a JACK server that stands still is waited for: {"t":…,"amplitude":…}.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <iostream>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include <jack/jack.h>
#include <unistd.h>

#include "SineReview.hpp"

namespace {

double rawMicros()
{
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

class Listener {
public:
  Listener(const std::string& from, double seconds)
    : client_{jack_client_open("listener", JackNoStartServer, nullptr)}
  {
    if (client_ == nullptr) throw std::runtime_error{"no JACK server; is JACK_DEFAULT_SERVER right?"};
    rate_ = jack_get_sample_rate(client_);
    recording_.resize(static_cast<std::size_t>(seconds * rate_));
    port_ = jack_port_register(client_, "in", JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
    jack_set_process_callback(
      client_, [](auto n, auto* self) { return static_cast<Listener*>(self)->hear(n); }, this);
    jack_set_xrun_callback(
      client_, [](auto* self) { return ++static_cast<Listener*>(self)->xruns_, 0; }, this);
    jack_activate(client_);
    if (jack_connect(client_, from.c_str(), jack_port_name(port_)) != 0)
      throw std::runtime_error{"cannot listen to " + from};
    isConnected_ = true;
  }
  ~Listener() { jack_client_close(client_); }
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  [[nodiscard]] bool isDone() const { return heard_.load() == recording_.size(); }
  [[nodiscard]] std::span<const float> heardSoFar() const
  {
    return std::span{recording_}.first(heard_.load());
  }
  [[nodiscard]] const std::vector<float>& recording() const { return recording_; }
  [[nodiscard]] double rate() const { return rate_; }
  /// When the first frame was heard, µs.
  [[nodiscard]] double began() const { return began_.load(); }
  [[nodiscard]] int xruns() const { return xruns_.load(); }

private:
  int hear(jack_nframes_t count)
  {
    if (!isConnected_) return 0;
    const auto* samples = static_cast<const float*>(jack_port_get_buffer(port_, count));
    const auto heard = heard_.load(std::memory_order_relaxed);
    if (heard == 0) began_.store(rawMicros());
    const auto fits = std::min<std::size_t>(count, recording_.size() - heard);
    std::copy_n(samples, fits, recording_.begin() + static_cast<std::ptrdiff_t>(heard));
    heard_.store(heard + fits);
    return 0;
  }

  jack_client_t* client_;
  jack_port_t* port_ = nullptr;
  double rate_ = 48'000;
  std::vector<float> recording_;
  std::atomic<std::size_t> heard_ = 0;
  std::atomic<bool> isConnected_ = false;
  std::atomic<int> xruns_ = 0;
  std::atomic<double> began_ = 0;
};

/// Says window for window how loud the sine is, as soon as it was heard.
void follow(const Listener& listener, double hz)
{
  const auto length = static_cast<std::size_t>(listener.rate() / 20);
  std::size_t judged = 0;
  while (!listener.isDone()) {
    usleep(10'000);
    const auto now = rawMicros();
    const auto heard = listener.heardSoFar();
    for (; judged + length <= heard.size(); judged += length) {
      const auto later = static_cast<double>(heard.size() - judged - length) / listener.rate();
      std::printf("{\"t\":%.0f,\"amplitude\":%.4f}\n", now - later * 1e6,
                  hearing::amplitudeOf(heard.subspan(judged, length), listener.rate(), hz));
    }
    std::fflush(stdout);
  }
}

void print(const std::vector<hearing::Glitch>& places, double began)
{
  const char* before = "[";
  for (const auto& place : places) {
    std::printf("%s{\"t\":%.0f,\"ms\":%.2f}", before, began + place.atSeconds * 1e6, place.seconds * 1e3);
    before = ",";
  }
  std::fputs(places.empty() ? "[]" : "]", stdout);
}

void print(const hearing::Review& review, double began, int xruns)
{
  std::printf("{\"seconds\":%.3f,\"amplitude\":%.4f,\"snrDb\":%.1f,\"xruns\":%d,\"glitches\":",
              review.seconds, review.amplitude, review.signalToNoiseDb, xruns);
  print(review.glitches, began);
  std::printf(",\"gaps\":");
  print(review.gaps, began);
  std::puts("}");
}

} // namespace

int main(int argc, char** argv)
try {
  double hz = 1000;
  double seconds = 10;
  bool isFollowing = false;
  std::string from;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto value = [&] {
      return ++i < argc ? std::stod(argv[i]) : throw std::invalid_argument{word + " wants a value"};
    };
    if (word == "--hz")
      hz = value();
    else if (word == "--seconds")
      seconds = value();
    else if (word == "--follow")
      isFollowing = true;
    else
      from = word;
  }
  if (from.empty()) throw std::invalid_argument{"usage: listener [--hz HZ] [--follow] --seconds S FROM"};
  const Listener listener{from, seconds};
  if (isFollowing) {
    follow(listener, hz);
    return EXIT_SUCCESS;
  }
  for (int waited = 0; !listener.isDone(); ++waited) {
    if (waited * 0.02 > seconds + 10) throw std::runtime_error{"the JACK server stands still"};
    usleep(20'000);
  }
  print(hearing::reviewSine(listener.recording(), listener.rate(), hz), listener.began(), listener.xruns());
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "listener: " << error.what() << "\n";
  return EXIT_FAILURE;
}
