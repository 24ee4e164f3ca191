#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include <tutti/core/Result.hpp>
#include <tutti/module/Card.hpp>
#include <tutti/module/Moment.hpp>

namespace tutti::module {

/// One block to be made: what came in, where it goes out, and where in the music that is.
///
/// Channels are counted through all ports: a second stereo input has the channels 2 and 3.
struct Turn {
  Moment moment;
  std::span<const std::span<const float>> inputs;
  std::span<const std::span<float>> outputs; ///< Silent as they come.
  std::size_t frames = 0;
  std::uint32_t rate = 48'000; ///< Frames a second. It may change between two blocks, as `frames` may.

  /// At a frame of the outputs, where it will be heard.
  [[nodiscard]] time::Beats beatAt(std::size_t frame) const
  {
    const auto micros = static_cast<double>(frame) * 1e6 / rate;
    return moment.beat + moment.tempo.toBeats(Micros{static_cast<std::int64_t>(micros)});
  }
};

/// A place in a Tutti for this program: what it makes of each block is heard one block later.
///
///     auto socket = ModuleSocket::connect({.name = "Tone", .outputs = {{"out", 2}}});
///     if (!socket) return complain(socket.error().detail);
///     const auto why = socket->play([](Turn& turn) { … });
///
/// Who answers late is not heard for that block, and nobody waits: the music goes on. Where the program ends,
/// however it does, its cables fall silent. A program that Tutti has started finds where to connect in its
/// environment; another one is told, or finds the Tutti of the same user by itself.
///
/// Threads: one at a time, except `stop`: any, also a signal handler. It starts none.
/// Errors:  `unavailable`: there is no Tutti (any more), it is of use to try again; `refused`: Tutti says no,
///          or has been left; `malformed`: the card or the address is wrong. Each with a sentence.
class ModuleSocket {
public:
  struct Options {
    /// Empty: from TUTTI_MODULE_SOCKET in the environment, else the Tutti of this user. A path; or, once
    /// taught
    /// (`NetworkPassage.hpp`), `tutti-module://HOST:PORT#TOKEN`.
    std::string address{};
    /// Empty: from TUTTI_MODULE_TOKEN in the environment. Where there is none, the program comes by itself.
    std::string token{};
    Micros patience{5'000'000};
    /// Before all ordinary programs, where the user may: else it is late whenever the machine is busy.
    bool isUrgent = true;
  };

  static Result<ModuleSocket> connect(Card card, const Options& options);
  static Result<ModuleSocket> connect(Card card) { return connect(std::move(card), Options{}); }
  ~ModuleSocket(); ///< Leaves.
  ModuleSocket(ModuleSocket&&) noexcept;
  ModuleSocket& operator=(ModuleSocket&&) noexcept;

  using Player = std::function<void(Turn&)>;

  /// Plays until it is over, and says why.
  Error play(const Player& player);
  /// Plays the blocks that come within a moment, and comes back. Nothing: it goes on. To be called again
  /// soon: within a fifth of a second, or Tutti takes the program for stalled.
  std::optional<Error> playFor(Micros moment, const Player& player);

  /// Ends `play` within a tenth of a second, which then leaves.
  void stop() noexcept;
  /// Says goodbye, with words for the card.
  void leave(std::string_view reason);

  /// As the last welcome said.
  [[nodiscard]] std::uint32_t rate() const;
  [[nodiscard]] std::uint32_t block() const;

private:
  class Inner;
  explicit ModuleSocket(std::unique_ptr<Inner> inner);
  std::unique_ptr<Inner> inner_;
};

} // namespace tutti::module
