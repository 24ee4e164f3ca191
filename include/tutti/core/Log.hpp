#pragma once

#include <spdlog/logger.h>

/// One logger a part. info: a musician could care. warn: we coped. error: something is missing now.
/// debug: a developer reconstructs the story.
///
/// Threads: any but audio.
namespace tutti::log {

/// Sends all logs to stderr at this level from now on. Call once, first thing in main; without it the
/// loggers write warnings and errors, which suits tests and embedders.
void start(spdlog::level::level_enum level);

/// Writes what is still queued. Call last thing in main.
void stop();

spdlog::logger& discovery();
spdlog::logger& link();
spdlog::logger& engine();
spdlog::logger& app();
spdlog::logger& audio();
spdlog::logger& room();
spdlog::logger& serve();

} // namespace tutti::log
