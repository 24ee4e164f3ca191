#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

/// Figures of what the audio thread or a hot socket does. A new `*Bench.cpp` in this folder registers its
/// own:
///
///     void measure(bench::Report& report)
///     {
///       report.distribution("clock.read", "HostClock::now, mean of 100", bench::timed(20'000, 100,
///       readClock));
///     }
///     const bench::Registered kClock{"clock", measure};
namespace tutti::bench {

/// The raw monotonic clock, finer than the program's own: nanoseconds.
std::int64_t nanos();

/// What the calling thread has used of a processor, its share of the network's work included: nanoseconds.
std::int64_t threadNanos();

/// Makes the compiler believe that somebody looks at `value`.
template <class T> void keep(const T& value)
{
  asm volatile("" : : "r"(&value) : "memory");
}

/// Takes the time of `batches` batches of `calls` calls each, after a tenth as many to warm up. Each figure
/// is the mean of its batch, in nanoseconds; nothing is subtracted, so a single call contains the reading of
/// the clock.
template <class Work> std::vector<double> timed(std::size_t batches, std::size_t calls, Work&& work)
{
  std::vector<double> figures;
  figures.reserve(batches);
  for (std::size_t batch = 0; batch < batches + batches / 10; ++batch) {
    const auto begin = nanos();
    for (std::size_t call = 0; call < calls; ++call) work();
    const auto end = nanos();
    if (batch >= batches / 10)
      figures.push_back(static_cast<double>(end - begin) / static_cast<double>(calls));
  }
  return figures;
}

/// The smallest figure that this share of all figures does not exceed. There is one at least.
double quantile(std::vector<double> figures, double share);

/// Takes the figures down and prints those that were asked for.
class Report {
public:
  enum class Style { table, json };

  Report(Style style, std::vector<std::string> wanted);

  /// Median, 99 %, 99.9 % and the worst; `what` tells people what one of the numbers is.
  void distribution(std::string_view name, std::string_view what, std::vector<double> figures,
                    std::string_view unit = "ns");
  void value(std::string_view name, std::string_view what, std::string_view unit, double value);

  /// Whether a bench of this name may have a figure that is wanted.
  [[nodiscard]] bool wants(std::string_view bench) const;
  [[nodiscard]] std::size_t printed() const { return printed_; }

private:
  [[nodiscard]] bool wantsFigure(std::string_view name) const;
  void print(const std::string& line);

  Style style_;
  std::vector<std::string> wanted_;
  std::size_t printed_ = 0;
};

/// Enters a bench into the list that `main` goes through. `name` begins all its figures' names.
struct Registered {
  using Measure = void (*)(Report&);

  Registered(std::string_view name, Measure measure);
};

} // namespace tutti::bench
