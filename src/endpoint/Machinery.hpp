#pragma once

#include <atomic>
#include <functional>
#include <future>
#include <map>
#include <memory>
#include <thread>
#include <type_traits>
#include <utility>
#include <vector>

#include <asio/io_context.hpp>
#include <asio/posix/stream_descriptor.hpp>
#include <asio/post.hpp>
#include <unistd.h>

#include <tutti/discovery/Alarm.hpp>
#include <tutti/endpoint/Outbox.hpp>
#include <tutti/net/BatchSocket.hpp>
#include <tutti/rt/Priority.hpp>
#include <tutti/rt/Signal.hpp>
#include <tutti/time/HostClock.hpp>

#include "ControlLine.hpp"

namespace tutti::endpoint {

/// The sockets, the alarm and the threads around a `ServerDesk` or a `ClientDesk`.
///
/// One thread does everything; another one waits for the audio thread's signal, and passes it on.
template <class Desk> class Machinery {
public:
  /// `drain` takes what the audio thread has left at the doors.
  template <class... Arguments>
  Machinery(net::BatchSocket socket, std::function<void(Outbox&)> drain, Arguments&&... arguments)
    : desk{std::forward<Arguments>(arguments)...}
    , media_{std::move(socket)}
    , readable_{context, ::dup(media_.descriptor())}
    , alarm_{context, [this] { advance(); }}
    , drain_{std::move(drain)}
  {}
  ~Machinery() { stop(); }
  Machinery(const Machinery&) = delete;
  Machinery& operator=(const Machinery&) = delete;

  /// When all that works on the context has been set up.
  void start()
  {
    hearMedia();
    setAlarm();
    thread_ = std::thread{[this] {
      static_cast<void>(rt::becomeUrgent(rt::Urgency::media)); // the doctor tells who may not
      context.run();
    }};
    waker_ = std::thread{[this] { passOnSignals(); }};
  }

  /// Says goodbye, and is over.
  void stop()
  {
    if (!thread_.joinable()) return;
    ask([this] {
      change([](Desk& all, Outbox& out) { all.leave("It was closed.", out); });
      for (const auto& [id, line] : std::exchange(lines_, {})) line->hangUp();
    });
    isStopping_ = true;
    wake->raise();
    waker_.join();
    asio::post(context, [this] { context.stop(); });
    thread_.join();
  }

  /// On the context's thread, and waits for it.
  template <class Question> auto ask(Question question)
  {
    std::promise<decltype(question())> answer;
    auto future = answer.get_future();
    asio::post(context, [&] {
      if constexpr (std::is_void_v<decltype(question())>) {
        question();
        answer.set_value();
      } else {
        answer.set_value(question());
      }
    });
    return future.get();
  }

  /// On the context's thread.
  template <class Change> void change(Change what)
  {
    Outbox out;
    what(desk, out);
    flush(out);
    setAlarm();
  }

  void addLine(ConnectionId id, asio::ip::tcp::socket socket)
  {
    const auto line = std::make_shared<ControlLine>(std::move(socket));
    lines_[id] = line;
    line->listen(
      [this, id](std::span<const std::byte> bytes) {
        change([&](Desk& all, Outbox& out) { all.receive(id, bytes, time::HostClock::now(), out); });
      },
      [this, id] {
        lines_.erase(id);
        change([&](Desk& all, Outbox& out) { all.hungUp(id, out); });
      });
  }

  [[nodiscard]] std::vector<Told> takeEvents() { return std::exchange(events_, {}); }
  [[nodiscard]] std::uint16_t mediaPort() const { return media_.local().port; }

  asio::io_context context{1};
  const std::shared_ptr<rt::Signal> wake = std::make_shared<rt::Signal>();
  Desk desk;

private:
  static constexpr std::size_t kMostEvents = 1000; // nobody listens: the older ones are forgotten

  void flush(Outbox& out)
  {
    for (auto& control : out.control)
      if (const auto found = lines_.find(control.to); found != lines_.end()) {
        const auto line = found->second; // it may leave the list meanwhile
        line->say(std::move(control.bytes));
      }
    for (const auto id : out.hangUps)
      if (const auto line = lines_.extract(id); !line.empty()) line.mapped()->hangUp();
    std::vector<net::Outgoing> packets;
    for (const auto& media : out.media) packets.push_back({media.datagram.bytes(), media.to});
    media_.send(packets);
    remember(out.events);
  }

  void remember(const std::vector<Outbox::Event>& events)
  {
    const auto now = time::HostClock::now();
    for (const auto& event : events) events_.push_back({now, event});
    if (events_.size() > kMostEvents)
      events_.erase(events_.begin(), events_.end() - static_cast<std::ptrdiff_t>(kMostEvents));
  }

  void hearMedia()
  {
    readable_.async_wait(asio::posix::stream_descriptor::wait_read, [this](const asio::error_code& error) {
      if (error == asio::error::operation_aborted) return;
      const auto now = time::HostClock::now();
      for (const auto& packet : media_.receive())
        desk.receiveMedia(packet.bytes, packet.from, packet.at, now);
      hearMedia();
    });
  }

  void setAlarm() { alarm_.set(desk.nextDeadline()); }

  void advance()
  {
    change([](Desk& all, Outbox& out) { all.advance(time::HostClock::now(), out); });
  }

  void passOnSignals()
  {
    static_cast<void>(rt::becomeUrgent(rt::Urgency::media));
    for (;;) {
      wake->wait();
      if (isStopping_) return;
      asio::post(context, [this] {
        Outbox out;
        drain_(out);
        flush(out);
      });
    }
  }

  net::BatchSocket media_;
  asio::posix::stream_descriptor readable_;
  discovery::Alarm alarm_;
  std::function<void(Outbox&)> drain_;
  std::map<ConnectionId, std::shared_ptr<ControlLine>> lines_;
  std::vector<Told> events_;
  std::atomic<bool> isStopping_{false};
  std::thread thread_;
  std::thread waker_;
};

} // namespace tutti::endpoint
