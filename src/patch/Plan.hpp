#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <tutti/patch/Module.hpp>

#include "Wire.hpp"

namespace tutti::patch {

/// Some neighbours in a list.
struct Stretch {
  std::size_t first = 0;
  std::size_t count = 0;

  template <class T> std::span<const T> of(const std::vector<T>& list) const noexcept TUTTI_NONBLOCKING
  {
    return {list.data() + first, count};
  }
};

/// One step of a plan. Which buffers and routes it concerns it says as stretches of the plan's lists.
struct Step {
  enum class Kind : std::uint8_t {
    silence,  ///< `targets` become silent.
    recall,   ///< What `wire` remembered comes to `targets`.
    mix,      ///< `routes`, with the gain of `wire`.
    render,   ///< `module` makes `targets` from `sources`.
    remember, ///< `wire` takes `sources` along to the next block.
  };

  Kind kind = Kind::silence;
  Wire::Purpose purpose = Wire::Purpose::stays;
  Wire* wire = nullptr;
  Module* module = nullptr;
  Stretch sources{};
  Stretch targets{};
  Stretch routes{};
};

/// A patch as the audio thread wants it: a list of steps on buffers, in an order in which everything is there
/// when it is needed. It has all its memory when it is made, and keeps alive whatever it plays.
///
/// Threads: made and destroyed outside; `run` and `isSettled` *audio*.
class Plan {
public:
  /// A route between buffers that have numbers only.
  struct NumberedRoute {
    std::size_t from = 0;
    std::size_t to = 0;
    float share = 1;
    Route::Arrival arrival = Route::Arrival::overwrites;
  };

  /// What a compiler found out.
  struct Parts {
    std::vector<std::shared_ptr<Module>> modules;
    std::vector<std::shared_ptr<Wire>> wires;
    std::vector<const Wire*> leaving;
    std::vector<Step> steps;
    std::vector<std::size_t> sources; // numbers of buffers
    std::vector<std::size_t> targets;
    std::vector<NumberedRoute> routes;
    std::size_t buffers = 0;
  };

  explicit Plan(Parts parts);

  void run(const audio::Block& block, const time::BeatGrid& grid, Pace pace) noexcept TUTTI_NONBLOCKING;

  /// Nothing is heard any more of the connections that leave.
  [[nodiscard]] bool isSettled() const noexcept TUTTI_NONBLOCKING;

  [[nodiscard]] std::size_t buffers() const { return buffers_; }
  [[nodiscard]] const std::vector<Step>& steps() const { return steps_; }

private:
  float* buffer(std::size_t number) { return samples_.data() + number * kPitch; }

  // One cache line more than the longest block, else all buffers would compete for the same lines
  static constexpr std::size_t kPitch = audio::Block::kLongest + 16;

  std::vector<std::shared_ptr<Module>> modules_;
  std::vector<std::shared_ptr<Wire>> wires_;
  std::vector<const Wire*> leaving_;
  std::vector<Step> steps_;
  std::size_t buffers_;
  std::vector<float> samples_;
  std::vector<const float*> sources_;
  std::vector<float*> targets_;
  std::vector<Route> routes_;
};

} // namespace tutti::patch
