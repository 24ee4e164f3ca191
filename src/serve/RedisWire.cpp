#include "RedisWire.hpp"

#include <hiredis/hiredis.h>

#include <tutti/core/Assert.hpp>

namespace tutti::serve {
namespace {

using Kind = RedisReply::Kind;

Kind kindOf(int type)
{
  switch (type) {
  case REDIS_REPLY_STRING:
  case REDIS_REPLY_STATUS:
    return Kind::text;
  case REDIS_REPLY_ERROR:
    return Kind::error;
  case REDIS_REPLY_INTEGER:
    return Kind::number;
  case REDIS_REPLY_ARRAY:
    return Kind::list;
  default:
    return Kind::nothing;
  }
}

RedisReply copyOf(const redisReply& from)
{
  RedisReply reply{kindOf(from.type), {}, 0, {}};
  if (reply.kind == Kind::text || reply.kind == Kind::error) reply.text.assign(from.str, from.len);
  if (reply.kind == Kind::number) reply.number = from.integer;
  if (reply.kind == Kind::list)
    for (const auto* element : std::span{from.element, from.elements}) reply.list.push_back(copyOf(*element));
  return reply;
}

} // namespace

std::string redisCommand(const std::vector<std::string_view>& words)
{
  std::vector<const char*> starts;
  std::vector<std::size_t> sizes;
  for (const auto& word : words) {
    starts.push_back(word.data() != nullptr ? word.data() : "");
    sizes.push_back(word.size());
  }
  char* made = nullptr;
  const int size = redisFormatCommandArgv(&made, static_cast<int>(words.size()), starts.data(), sizes.data());
  TUTTI_ASSERT(size > 0);
  const std::unique_ptr<char, decltype(&redisFreeCommand)> owner{made, &redisFreeCommand};
  return {made, static_cast<std::size_t>(size)};
}

void RedisReader::Free::operator()(redisReader* reader) const
{
  redisReaderFree(reader);
}

RedisReader::RedisReader()
  : reader_{redisReaderCreate()}
{
  TUTTI_ASSERT(reader_ != nullptr);
}

Result<void> RedisReader::feed(std::span<const std::byte> bytes)
{
  unread_ += bytes.size();
  const bool isFed =
    unread_ <= kMostUnread &&
    redisReaderFeed(reader_.get(), reinterpret_cast<const char*>(bytes.data()), bytes.size()) == REDIS_OK;
  if (!isFed) return failure(ErrorKind::malformed, "it says more than it was asked for");
  return {};
}

Result<std::optional<RedisReply>> RedisReader::next()
{
  void* made = nullptr;
  if (redisReaderGetReply(reader_.get(), &made) != REDIS_OK)
    return failure(ErrorKind::malformed, "what it says cannot be read: it is no Redis");
  if (made == nullptr) return std::nullopt;
  const std::unique_ptr<void, decltype(&freeReplyObject)> owner{made, &freeReplyObject};
  unread_ = 0;
  return copyOf(*static_cast<redisReply*>(made));
}

} // namespace tutti::serve
