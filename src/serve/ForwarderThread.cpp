#include "ForwarderThread.hpp"

#include <algorithm>
#include <cmath>
#include <sodium.h>

#include <tutti/core/Log.hpp>
#include <tutti/net/ReceiveRound.hpp>
#include <tutti/rt/Priority.hpp>

namespace tutti::serve {
namespace {

using time::HostClock;

Forwarder::CookieKey randomKey()
{
  Forwarder::CookieKey key{};
  randombytes_buf(key.data(), key.size());
  return key;
}

} // namespace

void DelayHistogram::add(Micros delay)
{
  const auto micros = static_cast<double>(std::max<std::int64_t>(delay.count(), 1));
  const auto step = static_cast<std::size_t>(std::log(micros) / std::log(1.1));
  ++counts_[std::min(step, kSteps - 1)];
}

std::optional<Micros> DelayHistogram::percentile(double share) const
{
  std::uint64_t all = 0;
  for (const auto count : counts_) all += count;
  if (all == 0) return std::nullopt;
  const auto wanted = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(all)));
  std::uint64_t seen = 0;
  std::size_t step = 0;
  while ((seen += counts_[step]) < wanted) ++step;
  return Micros{std::llround(std::pow(1.1, static_cast<double>(step + 1)))};
}

ForwarderThread::ForwarderThread(net::BatchSocket socket)
  : socket_{std::move(socket)}
  , forwarder_{randomKey()}
  , port_{socket_.local().port}
  , receiveBufferBytes_{socket_.receiveBufferBytes()}
{
  out_.reserve(net::BatchSocket::kBatch * Directory::kMostMembers);
  thread_ = std::thread{[this] { run(); }};
}

ForwarderThread::~ForwarderThread()
{
  isStopping_ = true;
  bell_.ring();
  thread_.join();
}

void ForwarderThread::change(const Directory::Change& change)
{
  {
    const std::lock_guard lock{mutex_};
    changes_.push_back(change);
  }
  bell_.ring();
}

ForwarderThread::Statistics ForwarderThread::statistics()
{
  const std::lock_guard lock{mutex_};
  Statistics statistics{counters_, delays_.percentile(0.99)};
  delays_.clear();
  return statistics;
}

void ForwarderThread::run()
{
  if (const auto urgent = rt::becomeUrgent(rt::Urgency::media); !urgent)
    log::serve().debug("forwarding without realtime priority: {}", urgent.error().detail);
  while (!isStopping_) {
    bell_.waitUntil(std::nullopt, socket_.descriptor());
    takeChanges();
    pump();
  }
}

void ForwarderThread::takeChanges()
{
  std::vector<Directory::Change> changes;
  {
    const std::lock_guard lock{mutex_};
    changes.swap(changes_);
  }
  for (const auto& change : changes) {
    if (const auto* admission = std::get_if<Admission>(&change))
      forwarder_.admit(*admission);
    else
      forwarder_.dismiss(std::get<Directory::Dismissal>(change).user);
  }
}

/// What lies ready, batch by batch. A full batch leaves in slices, so that its first packets do not wait
/// until the last one is looked at.
void ForwarderThread::pump()
{
  static constexpr std::size_t kSlice = 8;
  net::receiveRound(socket_, [this](std::span<const net::Incoming> batch) {
    for (; !batch.empty(); batch = batch.subspan(std::min(kSlice, batch.size())))
      pass(batch.first(std::min(kSlice, batch.size())));
  });
}

void ForwarderThread::pass(std::span<const net::Incoming> packets)
{
  out_.clear();
  forwarder_.receive(packets, HostClock::now(), out_);
  socket_.send(out_);
  const auto left = HostClock::now();
  const std::lock_guard lock{mutex_};
  counters_ = forwarder_.counters();
  if (out_.empty()) return; // junk keeps nobody waiting
  for (const auto& packet : packets) delays_.add(left - packet.at);
}

} // namespace tutti::serve
