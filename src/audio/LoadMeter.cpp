#include <tutti/audio/LoadMeter.hpp>

namespace tutti::audio {

void LoadMeter::record(Micros spent, Micros period) noexcept TUTTI_NONBLOCKING
{
  if (period.count() > 0)
    shares_.record(static_cast<double>(spent.count()) / static_cast<double>(period.count()));
}

} // namespace tutti::audio
