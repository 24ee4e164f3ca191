// Listens to ports of a JACK server and says when each click that arrives there becomes audible.
//
//   click-recorder NAME=CLIENT:PORT [NAME=CLIENT:PORT …]
//
// One JSON object a click: {"source":"A","t":µs,"pitch":Hz}; t is CLOCK_MONOTONIC_RAW at the moment the
// loudspeaker (the server's first playback port) plays the click's first sample. {"xrun":µs} says when blocks
// were lost: what was heard around it cannot be trusted. First comes
// {"ready":true,"captureMs":…,"playbackMs":…}: how far the server says its microphone and its loudspeaker are
// away.
#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <ctime>
#include <iostream>
#include <stdexcept>
#include <string>
#include <vector>

#include <jack/jack.h>
#include <jack/ringbuffer.h>
#include <unistd.h>

#include "EarliestWake.hpp"
#include "OnsetDetector.hpp"

namespace {

constexpr std::size_t kRingBytes = 1 << 16;
constexpr std::size_t kXrun = ~std::size_t{0}; // in place of a source

struct Heard {
  std::size_t source;
  double micros;
  double pitchHz;
};

struct Source {
  std::string name;
  std::string from;
  jack_port_t* port;
  recorder::OnsetDetector detector;
};

double rawMicros()
{
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC_RAW, &now);
  return static_cast<double>(now.tv_sec) * 1e6 + static_cast<double>(now.tv_nsec) / 1e3;
}

class Recorder {
public:
  explicit Recorder(const std::vector<std::string>& sources)
    : client_{jack_client_open("click-recorder", JackNoStartServer, nullptr)}
    , ring_{jack_ringbuffer_create(kRingBytes)}
  {
    if (client_ == nullptr) throw std::runtime_error{"no JACK server; is JACK_DEFAULT_SERVER right?"};
    for (const auto& source : sources) listenTo(source);
    latencyFrames_ = physicalLatency(JackPortIsInput, JackPlaybackLatency);
    rate_ = jack_get_sample_rate(client_);
    wakes_ = recorder::EarliestWake{rate_};
    jack_set_process_callback(
      client_, [](auto n, auto* self) { return static_cast<Recorder*>(self)->hear(n); }, this);
    jack_set_latency_callback(
      client_, [](auto mode, auto* self) { static_cast<Recorder*>(self)->mimic(mode); }, this);
    jack_set_xrun_callback(
      client_, [](auto* self) { return ++static_cast<Recorder*>(self)->xruns_, 0; }, this);
    jack_activate(client_);
    for (const auto& source : sources_)
      if (jack_connect(client_, source.from.c_str(), jack_port_name(source.port)) != 0)
        throw std::runtime_error{"cannot listen to " + source.from};
  }
  ~Recorder()
  {
    jack_client_close(client_);
    jack_ringbuffer_free(ring_);
  }
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  void printReady() const
  {
    const auto ms = [this](jack_nframes_t frames) { return 1e3 * static_cast<double>(frames) / rate_; };
    std::printf("{\"ready\":true,\"captureMs\":%.4f,\"playbackMs\":%.4f}\n",
                ms(physicalLatency(JackPortIsOutput, JackCaptureLatency)), ms(latencyFrames_));
    std::fflush(stdout);
  }

  void printWhatWasHeard()
  {
    Heard heard{};
    while (jack_ringbuffer_read_space(ring_) >= sizeof heard) {
      jack_ringbuffer_read(ring_, reinterpret_cast<char*>(&heard), sizeof heard);
      print(heard);
    }
    std::fflush(stdout);
  }

private:
  void print(const Heard& heard)
  {
    if (heard.source == kXrun) {
      std::printf("{\"xrun\":%.3f}\n", heard.micros);
      return;
    }
    std::printf("{\"source\":\"%s\",\"t\":%.3f,\"pitch\":%.1f}\n", sources_[heard.source].name.c_str(),
                heard.micros, heard.pitchHz);
  }

  void tell(const Heard& heard)
  {
    jack_ringbuffer_write(ring_, reinterpret_cast<const char*>(&heard), sizeof heard);
  }

  void listenTo(const std::string& source)
  {
    const auto equals = source.find('=');
    if (equals == std::string::npos)
      throw std::invalid_argument{"'" + source + "' should read NAME=CLIENT:PORT"};
    const auto name = source.substr(0, equals);
    auto* port = jack_port_register(client_, name.c_str(), JACK_DEFAULT_AUDIO_TYPE, JackPortIsInput, 0);
    sources_.push_back({name, source.substr(equals + 1), port,
                        recorder::OnsetDetector{static_cast<double>(jack_get_sample_rate(client_))}});
  }

  [[nodiscard]] jack_nframes_t physicalLatency(unsigned long flow, jack_latency_callback_mode_t mode) const
  {
    const auto** ports = jack_get_ports(client_, nullptr, JACK_DEFAULT_AUDIO_TYPE, JackPortIsPhysical | flow);
    if (ports == nullptr) return 0;
    jack_latency_range_t range{};
    jack_port_get_latency_range(jack_port_by_name(client_, ports[0]), mode, &range);
    jack_free(ports);
    return range.max;
  }

  /// We pretend to be as far from the ear as the loudspeaker: being listened to must not change anybody's
  /// timing.
  void mimic(jack_latency_callback_mode_t mode)
  {
    jack_latency_range_t range{latencyFrames_, latencyFrames_};
    if (mode == JackPlaybackLatency)
      for (const auto& source : sources_) jack_port_set_latency_range(source.port, mode, &range);
  }

  int hear(jack_nframes_t count)
  {
    const auto now = rawMicros();
    if (const auto xruns = xruns_.load(); xruns != xrunsTold_) {
      xrunsTold_ = xruns;
      wakes_.forget();
      tell({kXrun, now, 0});
    }
    const auto begin = wakes_.begin(now, count);
    const auto microsPerFrame = 1e6 / rate_;
    for (std::size_t i = 0; i < sources_.size(); ++i) {
      const auto* samples = static_cast<const float*>(jack_port_get_buffer(sources_[i].port, count));
      for (jack_nframes_t k = 0; k < count; ++k)
        if (const auto onset = sources_[i].detector.hear(samples[k], frames_ + k)) {
          const auto frame = onset->frame - static_cast<double>(frames_) + latencyFrames_;
          tell({i, begin + frame * microsPerFrame, onset->pitchHz});
        }
    }
    frames_ += count;
    return 0;
  }

  jack_client_t* client_;
  jack_ringbuffer_t* ring_;
  std::vector<Source> sources_;
  jack_nframes_t latencyFrames_ = 0;
  double rate_ = 48'000;
  recorder::EarliestWake wakes_{rate_}; // audio
  std::uint64_t frames_ = 0;            // audio
  int xrunsTold_ = 0;                   // audio
  std::atomic<int> xruns_ = 0;          // both
};

volatile std::sig_atomic_t isAskedToStop = 0;

} // namespace

int main(int argc, char** argv)
try {
  std::signal(SIGTERM, [](int) { isAskedToStop = 1; });
  std::signal(SIGINT, [](int) { isAskedToStop = 1; });
  Recorder recorder{{argv + 1, argv + argc}};
  recorder.printReady();
  while (isAskedToStop == 0) {
    recorder.printWhatWasHeard();
    usleep(20'000);
  }
  recorder.printWhatWasHeard();
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "click-recorder: " << error.what() << "\n";
  return EXIT_FAILURE;
}
