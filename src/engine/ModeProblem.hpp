#pragma once

#include <string>

#include <tutti/stream/PlayoutStatistics.hpp>

namespace tutti::engine {

/// Why a player's delay of so many beats cannot be kept now, and what to do; empty when it is kept.
std::string modeProblem(const std::string& player, int beats, const stream::PlayoutStatistics& playout);

} // namespace tutti::engine
