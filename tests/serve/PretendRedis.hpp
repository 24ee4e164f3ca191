#pragma once

// As much of Redis as directories use, without sockets and with the test's own clock.
#include <deque>
#include <fmt/format.h>
#include <map>
#include <string>

#include "StoreTalk.hpp"

namespace tutti::test {

using namespace serve;

class PretendRedis {
public:
  struct Value {
    std::string bytes;
    std::int64_t seconds = 0;
  };

  std::string password;
  std::map<std::string, Value> values;
  std::string failure; ///< to whatever is written
  std::vector<std::string> published;

  /// What it answers on a connection of its own.
  std::string answer(const std::string& bytes)
  {
    REQUIRE(reader_.feed(asBytes(bytes)));
    std::string out;
    for (auto next = reader_.next(); next && *next; next = reader_.next()) out += execute(**next);
    return out;
  }

private:
  std::string execute(const RedisReply& command)
  {
    std::vector<std::string> words;
    for (const auto& word : command.list) words.push_back(word.text);
    const auto& verb = words.at(0);
    if (verb == "AUTH") {
      isKnown_ = words.back() == password;
      return isKnown_ ? "+OK\r\n" : "-WRONGPASS invalid username-password pair\r\n";
    }
    if (!password.empty() && !isKnown_) return "-NOAUTH Authentication required.\r\n";
    if (verb == "SELECT") return "+OK\r\n";
    if (verb == "PING") return "+PONG\r\n";
    if (verb == "SUBSCRIBE") return "*3\r\n" + bulk("subscribe") + bulk(words.at(1)) + ":1\r\n";
    if (verb == "SCAN") return scan();
    if (verb == "MGET") return gets(words);
    if (!failure.empty()) return "-" + failure + "\r\n";
    if (verb == "PUBLISH") return published.push_back(words.at(2)), ":1\r\n";
    if (verb == "DEL") return fmt::format(":{}\r\n", values.erase(words.at(1)));
    REQUIRE(verb == "SET");
    const bool isOnlyNew = words.back() == "NX";
    if (isOnlyNew && values.contains(words.at(1))) return "$-1\r\n";
    values[words.at(1)] = {words.at(2), std::stoll(words.at(4))};
    return "+OK\r\n";
  }
  /// In two pages, as there may be many.
  std::string scan()
  {
    const bool isFirst = !std::exchange(isScanning_, !isScanning_);
    std::string keys;
    std::size_t count = 0;
    std::size_t index = 0;
    for (const auto& [key, value] : values)
      if ((index++ % 2 == 0) == isFirst) {
        keys += bulk(key);
        ++count;
      }
    return fmt::format("*2\r\n{}*{}\r\n{}", bulk(isFirst ? "7" : "0"), count, keys);
  }
  std::string gets(const std::vector<std::string>& words)
  {
    auto out = fmt::format("*{}\r\n", words.size() - 1);
    for (std::size_t i = 1; i < words.size(); ++i) {
      const auto found = values.find(words[i]);
      out += found == values.end() ? "$-1\r\n" : bulk(found->second.bytes); // forgotten since the scan
    }
    return out;
  }
  static std::string bulk(const std::string& text) { return fmt::format("${}\r\n{}\r\n", text.size(), text); }

  RedisReader reader_;
  bool isKnown_ = false;
  bool isScanning_ = false;
};

} // namespace tutti::test
