#include "Wish.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace tutti::app {
namespace {

using What = Wish::What;

constexpr std::array<std::pair<std::string_view, What>, 6> kVerbs{{{"say", What::say},
                                                                   {"kick", What::kick},
                                                                   {"mute", What::mute},
                                                                   {"unmute", What::unmute},
                                                                   {"lock", What::lock},
                                                                   {"unlock", What::unlock}}};

std::string_view trimmed(std::string_view text)
{
  constexpr std::string_view kBlanks = " \t\r";
  const auto from = text.find_first_not_of(kBlanks);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlanks) - from + 1);
}

bool isAboutTheRoom(What what)
{
  return what == What::lock || what == What::unlock;
}

Result<jam::PlayerId> playerNamed(engine::Jam& jam, const std::string& name)
{
  const auto players = jam.snapshot().players;
  const auto found = std::ranges::find(players, name, &jam::PlayerSnapshot::name);
  if (found == players.end())
    return failure(ErrorKind::refused, fmt::format("There is no player '{}' in this room.", name));
  return found->id;
}

} // namespace

Result<Wish> Wish::parse(std::string_view line)
{
  line = trimmed(line);
  const auto word = line.substr(0, line.find_first_of(" \t"));
  const auto rest = trimmed(line.substr(word.size()));
  const auto verb = std::ranges::find(kVerbs, word, &std::pair<std::string_view, What>::first);
  if (verb == kVerbs.end())
    return failure(ErrorKind::malformed,
                   fmt::format("'{:.40}' is none of say, kick, mute, unmute, lock, unlock", word));
  if (rest.empty() != isAboutTheRoom(verb->second))
    return failure(ErrorKind::malformed,
                   rest.empty() ? fmt::format("'{}' wants {} behind it", word,
                                              verb->second == What::say ? "a text" : "a player's name")
                                : fmt::format("'{}' is about the whole room", word));
  return Wish{verb->second, std::string{rest}};
}

Result<void> fulfil(engine::Jam& jam, const Wish& wish)
{
  using Order = engine::Jam::Order;
  if (wish.what == What::say) return jam.say(wish.text);
  if (isAboutTheRoom(wish.what)) return jam.setLocked(wish.what == What::lock);
  const auto order = wish.what == What::kick   ? Order::kick
                     : wish.what == What::mute ? Order::mute
                                               : Order::unmute;
  return playerNamed(jam, wish.text).and_then([&](const jam::PlayerId& player) {
    return jam.order(order, player);
  });
}

} // namespace tutti::app
