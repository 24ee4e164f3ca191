#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <string>
#include <variant>
#include <vector>

#include <tutti/serve/Directory.hpp>
#include <tutti/serve/StoreUrl.hpp>

#include "RedisWire.hpp"

namespace tutti::serve {

/// How one directory talks with a Redis store: over two connections, as Redis gives news on one that is good
/// for nothing else.
///
///     both      AUTH, SELECT
///     news      SUBSCRIBE
///     commands  all that we know: SET, PUBLISH        once we hear the others, so that nothing falls between
///               SCAN, MGET until all is read          what the store knows
///     commands  SET or DEL, PUBLISH for each fact     from now on
///
/// Each fact lies under a key of its own and is forgotten by itself. What only others know for sure (`Told`
/// that is not ours) is written where nothing lies. A connection that says nothing for long is dead.
///
/// Threads: one at a time.
/// Errors:  `Broken`, with a sentence; then it is of no use any more.
class StoreTalk {
public:
  enum class Line : std::uint8_t { commands, news };

  struct Send {
    Line line = Line::commands;
    std::string bytes;
  };
  struct Heard {
    Fact fact;
  };
  struct TellAll {}; ///< we must hear `tellAll` now
  struct Ready {};   ///< all that the store knows was `Heard`
  struct Broken {
    std::string sentence;
  };
  using Action = std::variant<Send, Heard, TellAll, Ready, Broken>;

  /// Both connections are there.
  StoreTalk(const StoreUrl& url, HostTime now);
  std::vector<Action> begin();

  std::vector<Action> receive(Line line, std::span<const std::byte> bytes, HostTime now);
  std::vector<Action> tellAll(const std::vector<Told>& all);
  /// Before `TellAll`, facts are for nobody.
  std::vector<Action> tell(const std::vector<Fact>& facts);
  std::vector<Action> advance(HostTime now);
  [[nodiscard]] HostTime nextDeadline() const;

private:
  enum class Due : std::uint8_t { good, page, values, pong };
  using Actions = std::vector<Action>;

  void greet(Line line, Actions& out);
  void command(const std::vector<std::string_view>& words, Due due, std::string& into);
  void write(const Fact& fact, bool isOurs, std::string& into);
  void hear(Line line, const RedisReply& reply, Actions& out);
  void hearNews(const RedisReply& reply, Actions& out);
  void hearAnswer(const RedisReply& reply, Actions& out);
  void askForPage(const std::string& cursor, Actions& out);
  void takePage(const RedisReply& reply, Actions& out);
  void takeValues(const RedisReply& reply, Actions& out);
  void finish(Actions& out);
  void breakDown(std::string sentence, Actions& out);

  StoreUrl url_;
  std::string channel_;
  struct Side {
    RedisReader reader;
    HostTime heardAt;
    HostTime askedAt;
  };
  std::array<Side, 2> sides_;
  std::deque<Due> due_; // on the line for commands, in this order
  std::string cursor_;
  std::vector<Fact> loaded_;
  bool isListening_ = false; // others are heard; what we say is kept
  bool isBroken_ = false;
};

} // namespace tutti::serve
