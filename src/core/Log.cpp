#include <tutti/core/Log.hpp>

#include <array>
#include <memory>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <string>

namespace tutti::log {
namespace {

constexpr std::array<const char*, 7> kParts{"discovery", "link", "engine", "app", "audio", "room", "serve"};

std::shared_ptr<spdlog::logger> quietLogger(const std::string& part)
{
  auto logger = std::make_shared<spdlog::logger>(part, std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_level(spdlog::level::warn);
  return logger;
}

/// Built on first use (thread-safe by the language); replaced only by `start`, before threads exist.
std::array<std::shared_ptr<spdlog::logger>, kParts.size()>& loggers()
{
  static std::array<std::shared_ptr<spdlog::logger>, kParts.size()> all = [] {
    std::array<std::shared_ptr<spdlog::logger>, kParts.size()> made;
    for (std::size_t i = 0; i < kParts.size(); ++i) made[i] = quietLogger(kParts[i]);
    return made;
  }();
  return all;
}

} // namespace

void start(spdlog::level::level_enum level)
{
  spdlog::init_thread_pool(4096, 1);
  auto sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    // A full queue drops the oldest line: a log must never make the music wait.
    auto logger = std::make_shared<spdlog::async_logger>(kParts[i], sink, spdlog::thread_pool(),
                                                         spdlog::async_overflow_policy::overrun_oldest);
    logger->set_level(level);
    logger->flush_on(spdlog::level::warn);
    loggers()[i] = std::move(logger);
  }
}

void stop()
{
  for (auto& logger : loggers()) logger = quietLogger(logger->name());
  spdlog::shutdown();
}

spdlog::logger& discovery()
{
  return *loggers()[0];
}
spdlog::logger& link()
{
  return *loggers()[1];
}
spdlog::logger& engine()
{
  return *loggers()[2];
}
spdlog::logger& app()
{
  return *loggers()[3];
}
spdlog::logger& audio()
{
  return *loggers()[4];
}
spdlog::logger& room()
{
  return *loggers()[5];
}
spdlog::logger& serve()
{
  return *loggers()[6];
}

} // namespace tutti::log
