#include <tutti/room/Candidates.hpp>

#include <algorithm>
#include <array>
#include <span>

namespace tutti::room {
namespace {

using discovery::LocalAddress;

bool haveOnlyLoopback(const std::vector<LocalAddress>& local)
{
  return std::ranges::all_of(local, &LocalAddress::isLoopback);
}

bool isBroadcast(const IpAddress& address, const std::vector<LocalAddress>& local)
{
  if (!address.isV4()) return false;
  const auto& bytes = address.bytes();
  if (std::all_of(bytes.begin(), bytes.begin() + 4, [](std::uint8_t byte) { return byte == 255; }))
    return true;
  return std::ranges::any_of(local, [&](const LocalAddress& ours) {
    if (!ours.isOnLink(address) || ours.prefixBits >= 31) return false;
    for (auto bit = ours.prefixBits; bit < 32; ++bit)
      if ((bytes[bit / 8] & 0x80U >> bit % 8) == 0) return false;
    return true;
  });
}

/// Our sockets speak both: "::ffff:127.0.0.1" is 127.0.0.1 by another name, and is judged like it.
IpAddress withoutDisguise(const IpAddress& address)
{
  constexpr std::array<std::uint8_t, 12> kMapped{0, 0, 0, 0, 0,    0,
                                                 0, 0, 0, 0, 0xff, 0xff}; // RFC 4291 2.5.5.2
  const auto& bytes = address.bytes();
  if (address.isV4() || !std::ranges::equal(kMapped, std::span{bytes}.first(kMapped.size()))) return address;
  return IpAddress::v4({bytes[12], bytes[13], bytes[14], bytes[15]});
}

/// RFC 1918, 6598 (providers' NATs) and 4193.
bool isPrivate(const IpAddress& address)
{
  const auto& bytes = address.bytes();
  if (!address.isV4()) return (bytes[0] & 0xfeU) == 0xfcU;
  return bytes[0] == 10 || (bytes[0] == 172 && (bytes[1] & 0xf0U) == 16) ||
         (bytes[0] == 192 && bytes[1] == 168) || (bytes[0] == 100 && (bytes[1] & 0xc0U) == 64);
}

bool isNeverReached(const Endpoint& candidate, const std::vector<LocalAddress>& local)
{
  const auto& address = candidate.address;
  const bool isThisNetwork = address.isV4() ? address.bytes()[0] == 0 : address.isUnspecified();
  const bool isForeignLoopback = address.isLoopback() && !haveOnlyLoopback(local);
  return candidate.port == 0 || isThisNetwork || isForeignLoopback || address.isMulticast() ||
         isBroadcast(address, local);
}

} // namespace

std::vector<Endpoint> ownCandidates(const std::vector<LocalAddress>& local, std::uint16_t port)
{
  // IPv4 first: on most stages it is what the cable carries; link-local last: it needs a scope.
  const auto rankOf = [](const IpAddress& address) {
    return (address.isV4() ? 0 : 1) + (address.isLinkLocal() ? 2 : 0);
  };
  const bool isAlone = haveOnlyLoopback(local);
  std::vector<Endpoint> candidates;
  for (int rank = 0; rank < 4; ++rank)
    for (const auto& ours : local)
      if ((!ours.isLoopback() || isAlone) && rankOf(ours.address) == rank &&
          candidates.size() < kMostCandidates)
        candidates.push_back({ours.address, port});
  return candidates;
}

std::vector<Endpoint> cardCandidates(const std::vector<LocalAddress>& local, std::uint16_t port,
                                     const std::vector<Endpoint>& far)
{
  auto candidates = ownCandidates(local, port);
  std::vector<Endpoint> more;
  for (const auto& endpoint : far) {
    const Endpoint candidate{withoutDisguise(endpoint.address), endpoint.port};
    const bool isKnown = std::ranges::find(candidates, candidate) != candidates.end() ||
                         std::ranges::find(more, candidate) != more.end();
    const bool isUseless =
      isNeverReached(candidate, local) || candidate.address.isLoopback() || candidate.address.isLinkLocal();
    if (!isKnown && !isUseless && more.size() < kMostCandidates) more.push_back(candidate);
  }
  candidates.resize(std::min(candidates.size(), kMostCandidates - more.size()));
  candidates.insert(candidates.end(), more.begin(), more.end());
  return candidates;
}

std::uint8_t relaysAmong(const std::vector<Endpoint>& candidates, const std::vector<Endpoint>& relays)
{
  std::uint8_t count = 0;
  for (auto last = candidates.rbegin(); last != candidates.rend(); ++last, ++count)
    if (std::ranges::find(relays, *last) == relays.end()) break;
  return count;
}

bool mayBeRelayed(const IpAddress& peer, const IpAddress& relay)
{
  const auto there = withoutDisguise(peer);
  const bool isNowhere = there.isUnspecified() || there.isLoopback() || there.isMulticast() ||
                         there.isLinkLocal() || (there.isV4() && there.bytes()[0] == 0) ||
                         isBroadcast(there, {});
  return !isNowhere && there.family() == relay.family() && (!isPrivate(there) || isPrivate(relay));
}

std::vector<Endpoint> reachable(const std::vector<Endpoint>& candidates,
                                const std::vector<LocalAddress>& local)
{
  std::vector<Endpoint> good;
  const auto add = [&good](const Endpoint& candidate) {
    const bool isNew = std::ranges::find(good, candidate) == good.end();
    if (isNew && good.size() < kMostCandidates) good.push_back(candidate);
  };
  for (const auto& told : candidates) {
    const Endpoint candidate{withoutDisguise(told.address), told.port};
    if (isNeverReached(candidate, local)) continue;
    if (!candidate.address.isLinkLocal()) {
      add(candidate);
      continue;
    }
    for (const auto& ours : local)
      if (ours.address.isLinkLocal() && ours.isOnLink(candidate.address))
        add({candidate.address.withScope(ours.interfaceIndex), candidate.port});
  }
  return good;
}

bool isOnOurLinks(const IpAddress& address, const std::vector<LocalAddress>& local)
{
  return std::ranges::any_of(local, [&](const LocalAddress& ours) { return ours.isOnLink(address); });
}

} // namespace tutti::room
