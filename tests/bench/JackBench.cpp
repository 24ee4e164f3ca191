// What JACK's calls cost inside its callback. Without a JACK server there is no figure.
#include <array>
#include <atomic>
#include <tutti/rt/Signal.hpp>

#include "Bench.hpp"
#include "JackLibrary.hpp"

namespace tutti::bench {
namespace {

using audio::JackLibrary;

constexpr std::size_t kPeriods = 1'000;
constexpr std::size_t kCalls = 20;

/// A client with one port, which takes the time of its calls in each period.
class Stopwatch {
public:
  explicit Stopwatch(const JackLibrary& jack, jack_client_t* client)
    : jack_{jack}
    , client_{client}
    , port_{jack.portRegister(client, "out", JACK_DEFAULT_AUDIO_TYPE, JackPortIsOutput, 0)}
  {
    jack_.onProcess(
      client_,
      [](jack_nframes_t frames, void* self) {
        static_cast<Stopwatch*>(self)->measure(frames);
        return 0;
      },
      this);
  }
  ~Stopwatch() { jack_.clientClose(client_); }
  Stopwatch(const Stopwatch&) = delete;
  Stopwatch& operator=(const Stopwatch&) = delete;

  [[nodiscard]] bool run()
  {
    if (!port_ || jack_.activate(client_) != 0) return false;
    while (count_ < kPeriods) done_.wait();
    jack_.deactivate(client_);
    return true;
  }

  [[nodiscard]] std::vector<double> buffers() const { return {buffers_.begin(), buffers_.end()}; }
  [[nodiscard]] std::vector<double> cycles() const { return {cycles_.begin(), cycles_.end()}; }
  [[nodiscard]] std::vector<double> times() const { return {times_.begin(), times_.end()}; }

private:
  template <class Work> static double mean(Work&& work)
  {
    const auto begin = nanos();
    for (std::size_t call = 0; call < kCalls; ++call) work();
    return static_cast<double>(nanos() - begin) / static_cast<double>(kCalls);
  }

  void measure(jack_nframes_t frames)
  {
    const auto period = count_.load();
    if (period >= kPeriods) return;
    buffers_[period] = mean([&] { keep(jack_.calls.portBuffer(port_, frames)); });
    cycles_[period] =
      mean([&] { keep(jack_.calls.cycleTimes(client_, &frame_, &began_, &next_, &length_)); });
    times_[period] = mean([&] { keep(jack_.calls.time()); });
    count_ = period + 1;
    if (period + 1 == kPeriods) done_.raise();
  }

  const JackLibrary& jack_;
  jack_client_t* const client_;
  jack_port_t* const port_;
  std::atomic<std::size_t> count_{0};
  rt::Signal done_;
  std::array<double, kPeriods> buffers_{};
  std::array<double, kPeriods> cycles_{};
  std::array<double, kPeriods> times_{};
  jack_nframes_t frame_ = 0;
  jack_time_t began_ = 0;
  jack_time_t next_ = 0;
  float length_ = 0;
};

void measure(Report& report)
{
  for (const auto& jack : JackLibrary::all()) {
    jack.silence();
    jack_client_t* const client = jack.clientOpen("tutti-bench", JackNoStartServer, nullptr);
    if (!client) continue;
    Stopwatch watch{jack, client};
    if (!watch.run()) return;
    report.distribution("jack.portbuffer", "a port's buffer, in the callback, mean of 20", watch.buffers());
    report.distribution("jack.cycletimes", "when the period began, in the callback, mean of 20",
                        watch.cycles());
    report.distribution("jack.time", "JACK's clock, in the callback, mean of 20", watch.times());
    return;
  }
}

const Registered kJack{"jack", measure};

} // namespace
} // namespace tutti::bench
