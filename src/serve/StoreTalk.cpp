#include "StoreTalk.hpp"

#include <algorithm>
#include <chrono>
#include <fmt/format.h>
#include <utility>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
using Kind = RedisReply::Kind;

constexpr std::string_view kPrefix = "tutti:1:"; // facts of this format
constexpr auto kQuiet = 1s;
constexpr auto kPatience = 4s;
constexpr std::size_t kMostLoaded = 100'000; // facts

std::string_view lettersOf(const ByteString& bytes)
{
  return asText(bytes);
}

/// What a store says when it does not want us, for people.
std::string whyNot(const std::string& error)
{
  if (error.starts_with("NOAUTH")) return "it asks for a password: set TUTTI_STORE_PASSWORD";
  if (error.starts_with("WRONGPASS") || error.starts_with("ERR invalid password"))
    return "it does not take our password";
  if (error.starts_with("LOADING")) return "it is still reading its disk";
  return fmt::format("it says '{}'", error.substr(0, 120));
}

} // namespace

StoreTalk::StoreTalk(const StoreUrl& url, HostTime now)
  : url_{url}
  , channel_{fmt::format("{}news:{}", kPrefix, url.database)}
  , sides_{Side{{}, now, now}, Side{{}, now, now}}
{}

StoreTalk::Actions StoreTalk::begin()
{
  Actions out;
  greet(Line::commands, out);
  greet(Line::news, out);
  return out;
}

void StoreTalk::greet(Line line, Actions& out)
{
  std::string bytes;
  const auto say = [&](const std::vector<std::string_view>& words) {
    bytes += redisCommand(words);
    if (line == Line::commands) due_.push_back(Due::good);
  };
  if (!url_.user.empty())
    say({"AUTH", url_.user, url_.password});
  else if (!url_.password.empty())
    say({"AUTH", url_.password});
  const auto database = std::to_string(url_.database);
  say({"SELECT", database});
  if (line == Line::news) bytes += redisCommand({"SUBSCRIBE", channel_});
  out.emplace_back(Send{line, std::move(bytes)});
}

StoreTalk::Actions StoreTalk::receive(Line line, std::span<const std::byte> bytes, HostTime now)
{
  Actions out;
  if (isBroken_) return out;
  auto& side = sides_.at(static_cast<std::size_t>(line));
  side.heardAt = now;
  if (const auto fed = side.reader.feed(bytes); !fed) {
    breakDown(fed.error().detail, out);
    return out;
  }
  while (!isBroken_) {
    const auto reply = side.reader.next();
    if (!reply) breakDown(reply.error().detail, out);
    if (!reply || !*reply) break;
    hear(line, **reply, out);
  }
  return out;
}

void StoreTalk::hear(Line line, const RedisReply& reply, Actions& out)
{
  if (reply.kind == Kind::error) return breakDown(whyNot(reply.text), out);
  line == Line::news ? hearNews(reply, out) : hearAnswer(reply, out);
}

void StoreTalk::hearNews(const RedisReply& reply, Actions& out)
{
  if (reply.kind != Kind::list || reply.list.empty()) return; // an answer to our greeting
  const auto& what = reply.list.front().text;
  if (what == "subscribe" && !isListening_) {
    isListening_ = true;
    out.emplace_back(TellAll{});
  }
  if (what != "message" || reply.list.size() != 3) return;
  if (auto fact = parseFact(asBytes(reply.list[2].text))) out.emplace_back(Heard{std::move(*fact)});
}

void StoreTalk::hearAnswer(const RedisReply& reply, Actions& out)
{
  if (due_.empty()) return breakDown("it answers what nobody has asked", out);
  const auto due = due_.front();
  due_.pop_front();
  if (due == Due::page) takePage(reply, out);
  if (due == Due::values) takeValues(reply, out);
}

StoreTalk::Actions StoreTalk::tellAll(const std::vector<Told>& all)
{
  Actions out;
  std::string bytes;
  for (const auto& told : all) write(told.fact, told.isOurs, bytes);
  if (!bytes.empty()) out.emplace_back(Send{Line::commands, std::move(bytes)});
  askForPage("0", out);
  return out;
}

StoreTalk::Actions StoreTalk::tell(const std::vector<Fact>& facts)
{
  if (!isListening_ || isBroken_ || facts.empty()) return {};
  std::string bytes;
  for (const auto& fact : facts) write(fact, true, bytes);
  return {Send{Line::commands, std::move(bytes)}};
}

void StoreTalk::command(const std::vector<std::string_view>& words, Due due, std::string& into)
{
  into += redisCommand(words);
  due_.push_back(due);
}

void StoreTalk::write(const Fact& fact, bool isOurs, std::string& into)
{
  const auto bytes = encodeFact(fact);
  if (const auto shelf = shelfOf(fact)) {
    const auto key = fmt::format("{}fact:{}", kPrefix, shelf->key);
    const auto seconds = std::to_string(shelf->seconds);
    std::vector<std::string_view> words{"SET", key, lettersOf(bytes), "EX", seconds};
    if (!isOurs) words.emplace_back("NX");
    if (shelf->seconds == 0) words = {"DEL", key};
    command(words, Due::good, into);
  }
  if (isOurs) command({"PUBLISH", channel_, lettersOf(bytes)}, Due::good, into);
}

void StoreTalk::askForPage(const std::string& cursor, Actions& out)
{
  std::string bytes;
  const auto pattern = fmt::format("{}fact:*", kPrefix);
  command({"SCAN", cursor, "MATCH", pattern, "COUNT", "500"}, Due::page, bytes);
  out.emplace_back(Send{Line::commands, std::move(bytes)});
}

void StoreTalk::takePage(const RedisReply& reply, Actions& out)
{
  const bool isPage = reply.kind == Kind::list && reply.list.size() == 2;
  if (!isPage) return breakDown("its memory cannot be read", out);
  cursor_ = reply.list[0].text;
  const auto& keys = reply.list[1].list;
  if (keys.empty()) return cursor_ == "0" ? finish(out) : askForPage(cursor_, out);
  std::vector<std::string_view> words{"MGET"};
  for (const auto& key : keys) words.emplace_back(key.text);
  std::string bytes;
  command(words, Due::values, bytes);
  out.emplace_back(Send{Line::commands, std::move(bytes)});
}

void StoreTalk::takeValues(const RedisReply& reply, Actions& out)
{
  for (const auto& value : reply.list) {
    auto fact = parseFact(asBytes(value.text));
    if (fact && loaded_.size() < kMostLoaded) loaded_.push_back(std::move(*fact));
  }
  cursor_ == "0" ? finish(out) : askForPage(cursor_, out);
}

/// Rooms before what is in them; among facts of one kind the stamps decide, not the order.
void StoreTalk::finish(Actions& out)
{
  std::ranges::sort(loaded_, {}, &Fact::index);
  for (auto& fact : std::exchange(loaded_, {})) out.emplace_back(Heard{std::move(fact)});
  out.emplace_back(Ready{});
}

StoreTalk::Actions StoreTalk::advance(HostTime now)
{
  Actions out;
  for (const auto line : {Line::commands, Line::news}) {
    auto& side = sides_.at(static_cast<std::size_t>(line));
    if (isBroken_ || now < std::max(side.heardAt, side.askedAt) + kQuiet) continue;
    if (now >= side.heardAt + kPatience) {
      breakDown("it does not answer", out);
      return out;
    }
    side.askedAt = now;
    if (line == Line::commands) due_.push_back(Due::pong);
    out.emplace_back(Send{line, redisCommand({"PING"})});
  }
  return out;
}

HostTime StoreTalk::nextDeadline() const
{
  const auto due = [](const Side& side) { return std::max(side.heardAt, side.askedAt) + kQuiet; };
  return std::min(due(sides_[0]), due(sides_[1]));
}

void StoreTalk::breakDown(std::string sentence, Actions& out)
{
  isBroken_ = true;
  out.emplace_back(Broken{std::move(sentence)});
}

} // namespace tutti::serve
