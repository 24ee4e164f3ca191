#pragma once

#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include <tutti/net/BatchSocket.hpp>
#include <tutti/net/Doorbell.hpp>
#include <tutti/rt/Mutex.hpp>
#include <tutti/serve/Directory.hpp>
#include <tutti/serve/Forwarder.hpp>

#include "DelayHistogram.hpp"

namespace tutti::serve {

/// The forwarder on its socket, in a thread of its own.
///
/// Threads: *any*.
class ForwarderThread {
public:
  explicit ForwarderThread(net::BatchSocket socket);
  ~ForwarderThread();
  ForwarderThread(const ForwarderThread&) = delete;
  ForwarderThread& operator=(const ForwarderThread&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] std::size_t receiveBufferBytes() const { return receiveBufferBytes_; }
  void change(const Directory::Change& change);

  struct Statistics {
    ForwarderCounters counters;
    DelayHistogram delays;
  };
  [[nodiscard]] Statistics statistics() const;

private:
  void run();
  void takeChanges();
  void pump();
  void pass(std::span<const net::Incoming> packets);

  net::BatchSocket socket_;        // forwarder's thread
  Forwarder forwarder_;            // forwarder's thread
  std::vector<net::Outgoing> out_; // forwarder's thread
  std::uint16_t port_;
  std::size_t receiveBufferBytes_;
  net::Doorbell bell_;
  std::atomic<bool> isStopping_ = false;
  mutable rt::Mutex mutex_; // guards what follows
  std::vector<Directory::Change> changes_;
  ForwarderCounters counters_;
  DelayHistogram delays_;
  std::thread thread_;
};

} // namespace tutti::serve
