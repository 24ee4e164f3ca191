#include "Hub.hpp"

#include <algorithm>
#include <sstream>

namespace wire {
namespace {

constexpr std::size_t kEthernetHead = 14;
constexpr std::size_t kLatenessKept = 1'000'000;

std::array<std::byte, 6> stationAt(const Frame& frame, std::ptrdiff_t offset)
{
  std::array<std::byte, 6> station;
  std::copy_n(frame.begin() + offset, station.size(), station.begin());
  return station;
}

std::uint32_t percentile(std::vector<std::uint32_t> values, double fraction)
{
  if (values.empty()) return 0;
  const auto nth =
    values.begin() + static_cast<std::ptrdiff_t>(fraction * static_cast<double>(values.size() - 1));
  std::nth_element(values.begin(), nth, values.end());
  return *nth;
}

} // namespace

Hub::Hub(const Options& options)
{
  ports_.reserve(options.ports.size());
  for (const auto& port : options.ports)
    ports_.push_back({TapPort{port.networkNamespace, port.interfaceName},
                      Impairment{port.path, options.seed * 7919 + ports_.size()}});
  latenessMicros_.reserve(kLatenessKept);
}

void Hub::collect(std::size_t from, Moment now)
{
  for (;;) {
    const auto frame = std::make_shared<const Frame>(ports_[from].tap.read());
    if (frame->size() < kEthernetHead) return;
    stations_[stationAt(*frame, 6)] = from;
    const auto isGroup = ((*frame)[0] & std::byte{1}) != std::byte{0};
    const auto known = isGroup ? stations_.end() : stations_.find(stationAt(*frame, 0));
    for (std::size_t to = 0; to < ports_.size(); ++to)
      if (to != from && (known == stations_.end() || known->second == to))
        send(frame, to, now, isGroup ? Cast::multicast : Cast::unicast);
  }
}

void Hub::send(const std::shared_ptr<const Frame>& frame, std::size_t port, Moment now, Cast cast)
{
  for (const auto due : ports_[port].towards.pass(now, cast)) flights_.push({due, order_++, port, frame});
}

void Hub::deliver(Moment now)
{
  while (!flights_.empty() && flights_.top().due <= now) {
    const auto flight = flights_.top();
    flights_.pop();
    ports_[flight.port].tap.write(*flight.frame);
    ++ports_[flight.port].delivered;
    const auto late = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - flight.due);
    if (latenessMicros_.size() < kLatenessKept)
      latenessMicros_.push_back(static_cast<std::uint32_t>(late.count()));
  }
}

std::optional<Moment> Hub::nextDelivery() const
{
  if (flights_.empty()) return std::nullopt;
  return flights_.top().due;
}

std::string Hub::report() const
{
  std::ostringstream out;
  out << R"({"towards":{)";
  for (const auto& port : ports_) {
    const auto& tally = port.towards.tally();
    out << (&port == &ports_.front() ? "" : ",") << '"' << port.tap.name() << R"(":{"offered":)"
        << tally.offered << R"(,"delivered":)" << port.delivered << R"(,"lost":)" << tally.lost
        << R"(,"retried":)" << tally.retried << R"(,"duplicated":)" << tally.duplicated << '}';
  }
  out << R"(},"latenessUs":{"p50":)" << percentile(latenessMicros_, 0.5) << R"(,"p99":)"
      << percentile(latenessMicros_, 0.99) << R"(,"max":)" << percentile(latenessMicros_, 1) << "}}";
  return out.str();
}

} // namespace wire
