#pragma once

#include <array>
#include <deque>
#include <memory>
#include <mutex>

#include <tutti/engine/Jam.hpp>

namespace tutti::test {

/// A sound device that plays when a test says so, and to which happens what a test says.
///
/// Threads: any.
class HandDriven {
public:
  HandDriven()
  {
    place_->status.isRunning = true;
    place_->status.name = "the test's device";
    place_->status.frames = 64;
  }

  /// For a jam; it may open it several times, one after the other.
  engine::OpenDevice opener()
  {
    return [place = place_](const audio::DeviceWish&,
                            audio::Processor& processor) -> Result<std::unique_ptr<audio::AudioDevice>> {
      const std::lock_guard lock{place->mutex};
      if (place->isBroken) return failure(ErrorKind::unavailable, "There is no such device.");
      place->processor = &processor;
      return std::make_unique<Device>(place);
    };
  }

  void breakDown(bool isBroken)
  {
    const std::lock_guard lock{place_->mutex};
    place_->isBroken = isBroken;
  }

  /// One block, if it is open.
  void play()
  {
    const std::lock_guard lock{place_->mutex};
    if (place_->processor == nullptr || !place_->status.isRunning) return;
    for (auto& channel : sound_) channel.fill(0);
    const auto frames = place_->status.frames;
    const std::array<std::span<const float>, 2> ins{std::span{silence_}.first(frames),
                                                    std::span{silence_}.first(frames)};
    const std::array<std::span<float>, 2> outs{std::span{sound_[0]}.first(frames),
                                               std::span{sound_[1]}.first(frames)};
    const auto now = time::HostClock::now();
    place_->processor->process({.inputs = ins,
                                .outputs = outs,
                                .frames = frames,
                                .rate = place_->status.rate,
                                .first = next_,
                                .captured = now,
                                .audible = now});
    next_.frames += static_cast<std::int64_t>(frames);
  }

  /// Something happens to it.
  void happen(audio::DeviceEvent::Kind kind, const std::function<void(audio::DeviceStatus&)>& change)
  {
    const std::lock_guard lock{place_->mutex};
    change(place_->status);
    place_->events.push_back({kind, place_->status.rate, place_->status.frames});
  }

private:
  struct Place {
    std::mutex mutex; // guards what follows
    audio::Processor* processor = nullptr;
    audio::DeviceStatus status;
    std::deque<audio::DeviceEvent> events;
    bool isBroken = false;
    audio::LoadMeter load; // any
  };

  class Device final : public audio::AudioDevice {
  public:
    explicit Device(std::shared_ptr<Place> place)
      : place_{std::move(place)}
    {}
    ~Device() override
    {
      const std::lock_guard lock{place_->mutex};
      place_->processor = nullptr;
    }
    [[nodiscard]] audio::DeviceStatus status() const override
    {
      const std::lock_guard lock{place_->mutex};
      return place_->status;
    }
    std::optional<audio::DeviceEvent> tryPopEvent() override
    {
      const std::lock_guard lock{place_->mutex};
      if (place_->events.empty()) return std::nullopt;
      const auto event = place_->events.front();
      place_->events.pop_front();
      return event;
    }
    audio::LoadMeter& load() override { return place_->load; }
    void setTrim(Micros, Micros) override {}
    Result<OutputPair> addOutputs(const std::string&) override { return failure(ErrorKind::unsupported); }

  private:
    std::shared_ptr<Place> place_;
  };

  std::shared_ptr<Place> place_ = std::make_shared<Place>();
  SampleTime next_;
  std::array<float, audio::Block::kLongest> silence_{};
  std::array<std::array<float, audio::Block::kLongest>, 2> sound_{};
};

} // namespace tutti::test
