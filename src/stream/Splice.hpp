#pragma once

#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>

#include "Reading.hpp"
#include "Shelf.hpp"

namespace tutti::stream {

/// The place at most `within` frames from `aim` where a stream may go on from what was just played so that
/// the ear misses nothing: what lies before it is most like what was played. `aim` where not all of that is
/// there.
///
/// Threads: also *audio*; the longest search takes some 10 µs.
std::int64_t smoothestPlace(const Reading& reading, const Shelf& shelf, std::int64_t aim,
                            std::int64_t within) noexcept TUTTI_NONBLOCKING;

} // namespace tutti::stream
