#include <array>
#include <tutti/rt/Latest.hpp>

#include "Bench.hpp"
#include "Hammer.hpp"

namespace tutti::bench {
namespace {

/// About as large as what is handed to the audio thread.
using Parcel = std::array<std::int64_t, 16>;
using Box = rt::Latest<Parcel>;

constexpr std::size_t kBatches = 20'000;
constexpr std::size_t kCalls = 100;
// Many batches of a few calls: long enough for the other thread to get in the way.
constexpr std::size_t kHammered = 300'000;
constexpr std::size_t kFew = 10;

void measureWrite(Report& report)
{
  Box box;
  Parcel parcel{};
  const auto write = [&] {
    ++parcel[0];
    box.write(parcel);
  };
  report.distribution("rt.latest.write", "128 bytes, nobody reads, mean of 100",
                      timed(kBatches, kCalls, write));
  const Hammer reader{[&] { keep(box.read()); }};
  report.distribution("rt.latest.write.hammered", "the same while another thread reads, mean of 10",
                      timed(kHammered, kFew, write));
}

void measureRead(Report& report)
{
  Box box;
  Parcel parcel{};
  report.distribution("rt.latest.read", "128 bytes, nothing new, mean of 100",
                      timed(kBatches, kCalls, [&] { keep(box.tryReadNew()); }));
  report.distribution("rt.latest.read.new", "write and read what is new, mean of 100",
                      timed(kBatches, kCalls, [&] {
                        ++parcel[0];
                        box.write(parcel);
                        keep(box.tryReadNew());
                      }));
  const Hammer writer{[&] {
    ++parcel[0];
    box.write(parcel);
  }};
  report.distribution("rt.latest.read.hammered", "read while another thread writes, mean of 10",
                      timed(kHammered, kFew, [&] { keep(box.read()); }));
}

const Registered kWrite{"rt.latest.write", measureWrite};
const Registered kRead{"rt.latest.read", measureRead};

} // namespace
} // namespace tutti::bench
