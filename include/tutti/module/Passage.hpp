#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tutti/core/ByteString.hpp>
#include <tutti/core/Result.hpp>
#include <tutti/module/Message.hpp>
#include <tutti/module/Moment.hpp>

namespace tutti::module {

/// One way from an outside process to Tutti: shared memory on one machine, sealed packets over a network. A
/// `ModuleSocket` speaks through it and does not know which.
///
/// Threads: one at a time.
class Passage {
public:
  virtual ~Passage() = default;
  Passage(const Passage&) = delete;
  Passage& operator=(const Passage&) = delete;

  virtual void send(std::span<const std::byte> message) = 0;
  /// The next message, if there is one. Does not wait.
  virtual std::optional<ByteString> tryReceive() = 0;
  /// Nobody is there any more.
  [[nodiscard]] virtual bool isGone() const = 0;

  /// Gets ready for the sound of this welcome, which is the last that came.
  virtual Result<void> prepare(const Welcome& welcome) = 0;
  /// The next block, if there is one: its sound goes to `inputs`, channel by channel. Does not wait.
  virtual std::optional<Moment> tryTake(std::span<float> inputs) = 0;
  virtual void answer(const Moment& moment, std::span<const float> outputs) = 0;

  /// Until a block is there, or at most so long; earlier for whatever reason. Messages may come meanwhile:
  /// the time is to be short.
  virtual void wait(Micros most) = 0;

protected:
  Passage() = default;
};

/// Goes that way. Errors: `unavailable` where nobody is there, `malformed` where it is no address.
using OpenPassage = std::function<Result<std::unique_ptr<Passage>>(const std::string& address)>;

/// Who is reached by addresses that begin so: for transports beside that of one machine. Once, before any
/// socket is made.
///
/// Threads: one at a time.
void teachPassage(std::string beginning, OpenPassage open);

} // namespace tutti::module
