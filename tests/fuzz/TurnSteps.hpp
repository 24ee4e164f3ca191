#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include <tutti/net/TurnClient.hpp>

/// What the targets that play TURN servers share.
namespace tutti::fuzz {

/// Transactions are numbered, so that a finding can be played again.
inline net::TurnClient::Options numberedTransactions()
{
  net::TurnClient::Options options;
  options.draw = [count = 0U]() mutable {
    net::stun::TransactionId id{};
    ++count;
    for (std::size_t i = 0; i < 4; ++i) id[i] = static_cast<std::byte>(count >> 8 * i & 0xffU);
    return id;
  };
  return options;
}

/// Steps of three bytes: what, how, more. Of the kinds for which `takesBytes` holds, `how` says how many
/// bytes follow.
template <class Story, class TakesBytes>
void playSteps(Story& story, const std::uint8_t* data, std::size_t size, TakesBytes takesBytes)
{
  constexpr std::size_t kLongest = 1500;
  auto rest = std::as_bytes(std::span{data, std::min(size, kLongest)});
  while (rest.size() >= 3) {
    const auto number = [&rest](std::size_t at) { return std::to_integer<unsigned>(rest[at]); };
    const auto what = number(0);
    const auto how = number(1);
    const auto more = number(2);
    rest = rest.subspan(3);
    const auto length = takesBytes(what) ? std::min<std::size_t>(how, rest.size()) : 0;
    story.step(what, how, more, rest.first(length));
    rest = rest.subspan(length);
  }
}

} // namespace tutti::fuzz
