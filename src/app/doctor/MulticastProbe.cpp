#include "Multicast.hpp"

#include <algorithm>
#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/multicast.hpp>
#include <poll.h>
#include <random>

#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/discovery/Sockets.hpp>
#include <tutti/time/HostClock.hpp>

#include "LinkPort.hpp"

namespace tutti::app {
namespace {

using asio::ip::udp;
using Token = std::array<char, 16>;
using namespace std::chrono_literals;

constexpr auto kPatience = 300ms; // within the machine it takes some microseconds

Token drawToken()
{
  std::random_device random;
  Token token{};
  std::ranges::generate(token, [&] { return static_cast<char>(random()); });
  return token;
}

bool hears(udp::socket& socket, const Token& expected)
{
  const auto end = time::HostClock::now() + kPatience;
  for (;;) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(end - time::HostClock::now());
    pollfd wait{socket.native_handle(), POLLIN, 0};
    if (left <= 0ms || ::poll(&wait, 1, static_cast<int>(left.count())) == 0) return false;
    Token received{};
    std::error_code error;
    const auto size = socket.receive(asio::buffer(received), 0, error);
    if (!error && size == expected.size() && received == expected) return true;
  }
}

MulticastFacts tryOut(const discovery::LocalAddress& local)
{
  MulticastFacts facts{local.interfaceName, local.address, MulticastFacts::Outcome::failed, ""};
  asio::io_context context;
  const auto group = linkGroup(local.address.family()).withScope(local.interfaceIndex);
  auto ear = discovery::openGroupSocket(context, local, {group, 0});
  auto mouth = discovery::openOwnSocket(context, local);
  if (!ear || !mouth) {
    facts.reason = ear ? mouth.error().detail : ear.error().detail;
    return facts;
  }
  try {
    mouth->set_option(asio::ip::multicast::enable_loopback{true});
    mouth->set_option(asio::ip::multicast::hops{0}); // to ourselves and no further
    const auto token = drawToken();
    mouth->send_to(asio::buffer(token), discovery::toAsio(Endpoint{group, ear->local_endpoint().port()}));
    facts.outcome = hears(*ear, token) ? MulticastFacts::Outcome::heard : MulticastFacts::Outcome::silent;
  } catch (const std::system_error& error) {
    facts.reason = error.code().message() + '.';
  }
  return facts;
}

} // namespace

std::vector<MulticastFacts> probeMulticast(const std::vector<discovery::LocalAddress>& addresses)
{
  std::vector<MulticastFacts> all;
  std::ranges::transform(addresses, std::back_inserter(all), tryOut);
  return all;
}

} // namespace tutti::app
