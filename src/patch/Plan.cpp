#include "Plan.hpp"

#include <algorithm>

namespace tutti::patch {
namespace {

void silence(std::span<float* const> targets, std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  for (float* const target : targets) std::fill_n(target, frames, 0.0F);
}

void recall(Wire& wire, std::span<float* const> targets, std::size_t frames) noexcept TUTTI_NONBLOCKING
{
  const auto delays = wire.delays();
  for (std::size_t channel = 0; channel < delays.size(); ++channel)
    delays[channel].recall({targets[channel], frames});
}

void remember(Wire& wire, std::span<const float* const> sources, std::size_t frames) noexcept
  TUTTI_NONBLOCKING
{
  const auto delays = wire.delays();
  for (std::size_t channel = 0; channel < delays.size(); ++channel)
    delays[channel].remember({sources[channel], frames});
}

} // namespace

Plan::Plan(Parts parts)
  : modules_{std::move(parts.modules)}
  , wires_{std::move(parts.wires)}
  , leaving_{std::move(parts.leaving)}
  , steps_{std::move(parts.steps)}
  , buffers_{parts.buffers}
  , samples_(parts.buffers * kPitch)
{
  for (const auto number : parts.sources) sources_.push_back(buffer(number));
  for (const auto number : parts.targets) targets_.push_back(buffer(number));
  for (const auto& route : parts.routes)
    routes_.push_back({buffer(route.from), buffer(route.to), route.share, route.arrival});
}

void Plan::run(const audio::Block& block, const time::BeatGrid& grid, Pace pace) noexcept TUTTI_NONBLOCKING
{
  for (const auto& step : steps_) {
    switch (step.kind) {
    case Step::Kind::silence:
      silence(step.targets.of(targets_), block.frames);
      break;
    case Step::Kind::recall:
      recall(*step.wire, step.targets.of(targets_), block.frames);
      break;
    case Step::Kind::mix:
      step.wire->mix(step.routes.of(routes_), block.frames, step.purpose, pace);
      break;
    case Step::Kind::render:
      step.module->render({step.sources.of(sources_), step.targets.of(targets_), block, grid});
      break;
    case Step::Kind::remember:
      remember(*step.wire, step.sources.of(sources_), block.frames);
      break;
    }
  }
}

bool Plan::isSettled() const noexcept TUTTI_NONBLOCKING
{
  return std::all_of(leaving_.begin(), leaving_.end(), [](const Wire* wire) { return wire->isSilent(); });
}

} // namespace tutti::patch
