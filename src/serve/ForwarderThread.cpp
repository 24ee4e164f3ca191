#include "ForwarderThread.hpp"

#include <algorithm>
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

ForwarderThread::Statistics ForwarderThread::statistics() const
{
  const std::lock_guard lock{mutex_};
  return {counters_, delays_};
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
