#pragma once

#include <functional>

#include <tutti/time/HostClock.hpp>

namespace tutti::app {

/// Where the window reads the time: the host clock, or in tests a clock that stands still until told.
using Clock = std::function<HostTime()>;

} // namespace tutti::app
