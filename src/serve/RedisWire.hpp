#pragma once

#include <cstdint>
#include <hiredis/read.h>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <tutti/core/Result.hpp>

namespace tutti::serve {

/// One command, as Redis reads it.
std::string redisCommand(const std::vector<std::string_view>& words);

/// What Redis says.
struct RedisReply {
  enum class Kind : std::uint8_t { text, error, number, list, nothing };

  Kind kind = Kind::nothing;
  std::string text; ///< of `text` and `error`
  std::int64_t number = 0;
  std::vector<RedisReply> list;
};

/// Cuts what comes into replies.
///
/// Threads: one at a time.
/// Errors:  `malformed` once it is not Redis that speaks, or it says more than anything we ask for.
/// Spec:    Redis serialization protocol, version 2.
class RedisReader {
public:
  static constexpr std::size_t kMostUnread = std::size_t{32} << 20U;

  RedisReader();

  Result<void> feed(std::span<const std::byte> bytes);
  /// Nothing: it is not whole yet.
  Result<std::optional<RedisReply>> next();

private:
  struct Free {
    void operator()(redisReader* reader) const;
  };
  std::unique_ptr<redisReader, Free> reader_;
  std::size_t unread_ = 0; // bytes since the last whole reply
};

} // namespace tutti::serve
