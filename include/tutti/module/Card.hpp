#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <tutti/core/Result.hpp>

namespace tutti::module {

/// Where sound goes into an outside process, or comes out of it.
struct Port {
  static constexpr std::size_t kMostChannels = 8;

  std::string name; ///< Unique among the inputs, or the outputs.
  std::size_t channels = 2;

  friend bool operator==(const Port&, const Port&) = default;
};

/// What an outside process says of itself when it joins, and wishes for. Its ports never change.
///
/// Units:   the rate in frames a second, the block in frames. Zero: any, and Tutti's own is the cheapest.
struct Card {
  static constexpr std::size_t kMostPorts = 16; ///< in each direction
  static constexpr std::size_t kLongestName = 100;
  static constexpr std::size_t kLongestDescription = 200;
  static constexpr std::uint32_t kLeastRate = 8000;
  static constexpr std::uint32_t kMostRate = 384'000;
  static constexpr std::uint32_t kLeastBlock = 16;
  static constexpr std::uint32_t kMostBlock = 2048;

  std::string name; ///< For people; Tutti numbers those that are called the same.
  std::string description{};
  std::vector<Port> inputs{};
  std::vector<Port> outputs{};
  std::uint32_t rate = 0;
  std::uint32_t block = 0;

  friend bool operator==(const Card&, const Card&) = default;
};

std::size_t channelsOf(const std::vector<Port>& ports);

/// Errors:  `malformed`, with a sentence for whoever writes the program.
Result<void> check(const Card& card);

} // namespace tutti::module
