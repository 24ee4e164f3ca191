#include <tutti/stream/Playout.hpp>

#include <tutti/core/Assert.hpp>

#include "Arrivals.hpp"
#include "Crossing.hpp"
#include "Rendering.hpp"

namespace tutti::stream {

Playout::Playout(Clocks clocks, std::size_t channels)
  : crossing_{std::make_unique<Crossing>()}
  , arrivals_{std::make_unique<Arrivals>(*crossing_, clocks, channels)}
  , rendering_{std::make_unique<Rendering>(*crossing_, clocks, channels)}
{
  TUTTI_ASSERT(channels >= 1 && channels <= kMostChannels);
}

Playout::~Playout() = default;

void Playout::receive(SampleTime first, std::span<const std::span<const float>> channels, HostTime arrived,
                      HostTime now, Source source)
{
  arrivals_->receive(first, channels, arrived, now, source);
}

void Playout::noteArrival(SampleTime first, audio::FrameCount count, HostTime arrived, HostTime now,
                          Source source)
{
  arrivals_->note(first, count, arrived, now, source);
}

void Playout::setIntent(Intent intent)
{
  arrivals_->setIntent(intent);
}

void Playout::setLimits(Micros floor, Micros ceiling)
{
  arrivals_->setLimits(floor, ceiling);
}

void Playout::setMode(DelayMode mode)
{
  arrivals_->setMode(mode);
}

void Playout::setElsewhere(Micros before, Micros after)
{
  arrivals_->setElsewhere(before, after);
}

void Playout::takeAnotherWay(HostTime now)
{
  arrivals_->takeAnotherWay(now);
}

void Playout::captured(SampleTime frame, HostTime at)
{
  arrivals_->captured(frame, at);
}

void Playout::setTempo(const time::TempoTrack& tempo)
{
  arrivals_->setTempo(tempo);
}

void Playout::reset()
{
  arrivals_->reset();
}

PlayoutStatistics Playout::statistics()
{
  return arrivals_->statistics();
}

HostTime Playout::usualArrival(SampleTime frame) const
{
  return arrivals_->usualArrival(frame);
}

void Playout::render(std::span<const std::span<float>> output, SampleTime first, HostTime asked,
                     HostTime now) noexcept TUTTI_NONBLOCKING
{
  rendering_->render(output, first, asked, now);
}

} // namespace tutti::stream
