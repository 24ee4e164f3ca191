#pragma once

#include <atomic>
#include <memory>
#include <string>

#include <tutti/audio/SampleRate.hpp>
#include <tutti/module/Card.hpp>
#include <tutti/module/Curtain.hpp>
#include <tutti/module/Health.hpp>
#include <tutti/module/HostLane.hpp>
#include <tutti/patch/Module.hpp>
#include <tutti/patch/Snapshot.hpp>
#include <tutti/rt/SpscRing.hpp>

namespace tutti::module {

/// An outside process in the patch. It outlives the process: while there is none, or it does not keep up, its
/// outputs are silent; when one comes back with the same ports, the cables are still there.
///
/// Threads: `render` *audio*; `lay`, `tend` one at a time; everything else any.
class ProcessModule final : public patch::Module {
public:
  static constexpr std::string_view kType = "process";

  /// `process` is what the snapshot calls the program that brings it; empty where it came by itself.
  ProcessModule(std::string process, Card card);
  ~ProcessModule() override;

  /// For a `Workshop`: a process is not made, it comes. `unavailable`, with what is missing.
  static Result<std::shared_ptr<patch::Module>> make(const patch::ModuleDescription& wanted);

  [[nodiscard]] std::string_view type() const override { return kType; }
  [[nodiscard]] std::vector<patch::Port> inputs() const override;
  [[nodiscard]] std::vector<patch::Port> outputs() const override;
  [[nodiscard]] patch::Parameters parameters() const override;
  void render(const patch::Rendering& rendering) noexcept TUTTI_NONBLOCKING override;
  /// Whether the process has answered all that it was given: for who measures. *audio*.
  [[nodiscard]] bool isAnswered() const noexcept TUTTI_NONBLOCKING
  {
    return lane_ != nullptr && lane_->isAnswered();
  }

  [[nodiscard]] const std::string& process() const { return process_; }
  [[nodiscard]] const Card& card() const { return card_; }
  [[nodiscard]] HealthPicture health() const { return HealthPicture::of(health_); }
  /// What the sound device wants of it now.
  struct Pace {
    audio::SampleRate rate;
    std::size_t block = 0; ///< frames; 0 before the first one
    friend bool operator==(const Pace&, const Pace&) = default;
  };
  [[nodiscard]] Pace pace() const;
  [[nodiscard]] audio::FrameCount delay() const { return {delay_.load(std::memory_order_relaxed)}; }

  /// From the next block on through this lane, whose channels are those of the card.
  void lay(LaneMemory memory, const LaneShape& shape, audio::SampleRate rate, std::uint32_t allowance);
  /// Frees the lane before, once it is no longer used. Some ten times a second.
  void tend();

private:
  void takeNewLane() noexcept TUTTI_NONBLOCKING;

  std::string process_;
  Card card_;
  Health health_;                         // both
  std::atomic<std::uint64_t> pace_{0};    // both: rate, block
  std::atomic<std::int64_t> delay_{0};    // both
  std::atomic<HostLane*> next_ = nullptr; // both: for the audio thread to take
  rt::SpscRing<HostLane*> retired_{2};    // both: and back
  HostLane* lane_ = nullptr;              // audio
  Curtain curtain_;                       // audio
};

/// The other way round, for whoever describes one that is not here.
std::vector<patch::Port> patchPorts(const std::vector<Port>& ports);
patch::Parameters parametersOf(const std::string& process, const std::string& name);

} // namespace tutti::module
