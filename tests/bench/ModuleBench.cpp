// What it costs to have a module in another process: how long after the audio thread has put a block down its
// answer is there, against the block that it has time for; and what the audio thread itself does for it.
#include <TemporaryFolder.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <fmt/format.h>
#include <mutex>
#include <sched.h>
#include <sys/wait.h>
#include <thread>
#include <tutti/module/Host.hpp>
#include <tutti/module/ModuleSocket.hpp>
#include <tutti/module/NetworkPassage.hpp>
#include <tutti/rt/Priority.hpp>
#include <unistd.h>
#include <utility>

#include "Bench.hpp"

namespace tutti::bench {
namespace {

constexpr std::size_t kFrames = 64;
constexpr double kBlock =
  1e9 * kFrames / 48'000;       // ns: the theoretical least, and the time that an answer has
constexpr int kBlocks = 15'000; // 20 s
constexpr int kWarmUp = 750;

/// A Tutti with a single guest: this program once more, which answers with what it hears.
class House {
public:
  explicit House(bool isFarAway)
    : host_{module::Host::open({.folder = folder_.path(),
                                .network = module::Host::Options::Network{.at = local(), .tokens = {token_}}},
                               {.onArrived =
                                  [this](const std::string&, const std::shared_ptr<patch::Module>& who) {
                                    const std::lock_guard lock{mutex_};
                                    module_ = std::dynamic_pointer_cast<module::ProcessModule>(who);
                                  },
                                .onLeft = {}})
              .value()}
    , guest_{::fork()}
  {
    if (guest_ != 0) return;
    echo(isFarAway ? module::NetworkAddress{hostName(), host_->network()->port, token_}.text()
                   : host_->path().string());
  }
  ~House()
  {
    ::kill(guest_, SIGKILL);
    ::waitpid(guest_, nullptr, 0);
  }
  House(const House&) = delete;
  House& operator=(const House&) = delete;

  std::shared_ptr<module::ProcessModule> guest()
  {
    for (int i = 0; i < 5000; ++i) {
      {
        const std::lock_guard lock{mutex_};
        if (module_) return module_;
      }
      ::usleep(1000);
    }
    return {};
  }

private:
  /// A real network lies between two namespaces: TUTTI_BENCH_HOST is our address in ours, TUTTI_BENCH_GUEST
  /// the namespace of the guest. Without them it is loopback.
  static std::string hostName()
  {
    const char* name = std::getenv("TUTTI_BENCH_HOST");
    return name == nullptr ? "127.0.0.1" : name;
  }
  static Endpoint local() { return {*IpAddress::parse(hostName()), 0}; }

  [[noreturn]] static void echo(const std::string& address)
  {
    module::useNetwork();
    if (const char* where = std::getenv("TUTTI_BENCH_GUEST")) enter(where);
    auto socket = module::ModuleSocket::connect(
      {.name = "Echo", .inputs = {{"in", 2}}, .outputs = {{"out", 2}}}, {.address = address});
    if (socket)
      socket->play([](module::Turn& turn) {
        for (std::size_t i = 0; i < 2; ++i) std::ranges::copy(turn.inputs[i], turn.outputs[i].begin());
      });
    ::_exit(0);
  }
  static void enter(const char* where);

  tutti::test::TemporaryFolder folder_;
  std::string token_ = module::Host::drawToken();
  std::mutex mutex_;
  std::shared_ptr<module::ProcessModule> module_; // under the lock
  std::unique_ptr<module::Host> host_;
  pid_t guest_;
};

void House::enter(const char* where)
{
  const int descriptor = ::open(where, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 || ::setns(descriptor, CLONE_NEWNET) != 0) {
    std::perror(where);
    ::_exit(1);
  }
}

/// A sound device's period after the other, at its pace: what it was handed, and whether the answer was there
/// when the next one began.
struct Hops {
  std::vector<double> answered; // ns
  std::vector<double> rendered; // ns
  std::int64_t delay = 0;       // frames
  double late = 0;              // percent
};

class Device {
public:
  explicit Device(module::ProcessModule& what)
    : module_{what}
  {}

  Hops play()
  {
    static_cast<void>(rt::becomeUrgent(rt::Urgency::audio));
    Hops hops;
    const auto before = module_.health();
    auto next = nanos();
    for (int i = 0; i < kBlocks + kWarmUp; ++i) {
      next += static_cast<std::int64_t>(kBlock);
      const auto from = nanos();
      render();
      const auto rendered = nanos();
      auto there = rendered;
      while (!module_.isAnswered() && there < next) there = nanos();
      if (i >= kWarmUp) hops.rendered.push_back(static_cast<double>(rendered - from));
      if (i >= kWarmUp) hops.answered.push_back(static_cast<double>(there - from));
      sleepUntil(next);
    }
    const auto health = module_.health() - before;
    hops.delay = module_.delay().frames;
    hops.late = 100.0 * static_cast<double>(health.late) / static_cast<double>(health.blocks);
    return hops;
  }

private:
  void render()
  {
    const std::vector<const float*> ins{sound_.data(), sound_.data() + kFrames};
    const std::vector<float*> outs{sound_.data() + 2 * kFrames, sound_.data() + 3 * kFrames};
    const audio::Block block{.inputs = {}, .outputs = {}, .frames = kFrames, .rate = {}, .first = {heard_}};
    module_.render({ins, outs, block, {}});
    heard_ += static_cast<std::int64_t>(kFrames);
  }
  static void sleepUntil(std::int64_t at)
  {
    const auto left = at - nanos();
    if (left > 0) std::this_thread::sleep_for(std::chrono::nanoseconds{left});
  }

  module::ProcessModule& module_;
  std::vector<float> sound_ = std::vector<float>(4 * kFrames, 0.25F);
  std::int64_t heard_ = 0;
};

void measureHop(Report& report, const std::string& way, bool isFarAway)
{
  House house{isFarAway};
  const auto guest = house.guest();
  if (!guest) return;
  Hops hops;
  std::thread device{[&] { hops = Device{*guest}.play(); }};
  device.join();
  const auto name = "module.hop." + way;
  auto micros = hops.answered;
  for (auto& figure : micros) figure /= 1000;
  report.distribution(name, fmt::format("until the answer is there, of {:.0f} a block lasts", kBlock / 1000),
                      micros, "us");
  report.distribution(name + ".render", "what the audio thread does for it", hops.rendered);
  report.value(name + ".delay", "added delay, 64 is the least", "frames", static_cast<double>(hops.delay));
  report.value(name + ".late", "blocks that were silent", "%", hops.late);
}

void measureHops(Report& report)
{
  measureHop(report, "memory", false);
  measureHop(report, "network", true);
}

const Registered kHop{"module.hop", measureHops};

} // namespace
} // namespace tutti::bench
