#include "PeriodStart.hpp"

#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

using namespace tutti;
using namespace tutti::audio;

namespace {

constexpr double kPeriod = 1e6 * 64 / 48'000; // µs

/// A sound server's filter: a loop of second order, about as wide as JACK's.
class ServerFilter {
public:
  double smoothed(double woken)
  {
    if (!hasBegun_) next_ = woken;
    hasBegun_ = true;
    const double error = woken - next_;
    const double turn = 2 * std::numbers::pi * 0.25 * kPeriod * 1e-6;
    const double now = next_;
    period_ += turn * turn * error;
    next_ += period_ + std::numbers::sqrt2 * turn * error;
    return now;
  }

private:
  double next_ = 0;
  double period_ = kPeriod;
  bool hasBegun_ = false;
};

/// A server and what we make of its periods, in simulated time.
class Server {
public:
  /// How far our moments are from the true ones, in µs, period for period.
  std::vector<double> run(double seconds, double calledAfter, double jitter)
  {
    std::vector<double> errors;
    for (const double end = now_ + seconds * 1e6; now_ < end; now_ += kPeriod) {
      const double smoothed = filter_.smoothed(now_);
      filterWasOff_ = std::max(filterWasOff_, std::abs(smoothed - now_));
      const double entered = now_ + calledAfter + dice_.real(0, jitter);
      const auto judged = start_.judge(host(smoothed), host(entered), Micros{1333});
      errors.push_back(static_cast<double>((judged - host(now_)).count()));
    }
    return errors;
  }

  void loseTime(double micros) { now_ += micros; }
  [[nodiscard]] double filterWasOff() const { return filterWasOff_; }

private:
  static HostTime host(double micros) { return hostTime(1'000'000'000 + std::llround(micros)); }

  ServerFilter filter_;
  PeriodStart start_;
  test::Dice dice_{7};
  double now_ = 0;
  double filterWasOff_ = 0;
};

double furthest(const std::vector<double>& errors)
{
  return std::abs(*std::ranges::max_element(errors, {}, [](double error) { return std::abs(error); }));
}

std::vector<double> later(const std::vector<double>& errors, double seconds)
{
  const auto skipped = static_cast<std::ptrdiff_t>(seconds * 1e6 / kPeriod);
  return {errors.begin() + skipped, errors.end()};
}

} // namespace

TEST_CASE("A filter that is right is believed to the microsecond, however late we are called")
{
  Server server;
  CHECK(furthest(server.run(20, 200, 900)) <= 1);
}

TEST_CASE("When the server has lost time, its filter's error is taken off within a tenth of a second")
{
  Server server;
  server.run(10, 60, 40);
  server.loseTime(2700);
  const auto errors = server.run(10, 60, 40);
  CHECK(server.filterWasOff() > 2000); // else this shows nothing
  CHECK(furthest(later(errors, 0.1)) <= 300 + 60);
  CHECK(*std::ranges::max_element(errors) <= 120); // never after we were called
}

TEST_CASE("Another program that has come before us in the server's graph is taken for one, soon")
{
  Server server;
  server.run(10, 60, 40);
  const auto errors = server.run(60, 800, 40);
  CHECK(furthest(errors) <= 780);
  CHECK(furthest(later(errors, 15)) <= 1);
}

TEST_CASE("A single late call is not the server's error")
{
  Server server;
  server.run(10, 60, 40);
  CHECK(furthest(server.run(kPeriod * 1e-6, 5000, 0)) <= 1);
  CHECK(furthest(server.run(10, 60, 40)) <= 1);
}
