#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include <tutti/net/Doorbell.hpp>

namespace tutti::serve {

/// Goes to ask somebody who may take for ever, and rings when it is back. Whoever has sent it may stop
/// waiting at any time: it then comes to its end alone, and what it brings is undone.
///
/// Threads: one at a time. Both functions are called on a thread of its own, which may outlive us: they own
/// all that they need.
template <class Answer> class Envoy {
public:
  explicit Envoy(std::shared_ptr<const net::Doorbell> bell)
    : bell_{std::move(bell)}
  {}
  ~Envoy() { forget(); }
  Envoy(const Envoy&) = delete;
  Envoy& operator=(const Envoy&) = delete;

  /// The one before, if it is still on its way, is forgotten.
  void send(std::function<Answer()> ask, std::function<void(Answer&)> undo = {})
  {
    forget();
    journey_ = std::make_shared<Journey>();
    std::thread{[journey = journey_, bell = bell_, ask = std::move(ask), undo = std::move(undo)] {
      auto answer = ask();
      if (journey->isHandedOver(answer))
        bell->ring();
      else if (undo)
        undo(answer);
    }}.detach();
  }

  [[nodiscard]] bool isAway() const { return journey_ != nullptr; }

  /// What it has brought; once.
  std::optional<Answer> tryTake()
  {
    if (!journey_) return std::nullopt;
    std::optional<Answer> answer;
    {
      const std::lock_guard lock{journey_->mutex};
      answer.swap(journey_->answer);
    }
    if (answer) journey_.reset();
    return answer;
  }

  /// It need not come back.
  void forget()
  {
    if (!journey_) return;
    const auto journey = std::move(journey_);
    const std::lock_guard lock{journey->mutex};
    journey->isForgotten = true;
  }

private:
  struct Journey {
    std::mutex mutex;
    std::optional<Answer> answer; // under mutex
    bool isForgotten = false;     // under mutex

    bool isHandedOver(Answer& brought)
    {
      const std::lock_guard lock{mutex};
      if (!isForgotten) answer.emplace(std::move(brought));
      return !isForgotten;
    }
  };

  std::shared_ptr<const net::Doorbell> bell_;
  std::shared_ptr<Journey> journey_;
};

} // namespace tutti::serve
