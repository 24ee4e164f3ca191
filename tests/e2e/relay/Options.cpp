#include "Options.hpp"

#include <array>
#include <ctime>
#include <functional>
#include <map>
#include <stdexcept>

#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace relay {
namespace {

using tutti::Endpoint;
using tutti::IpAddress;

Endpoint endpoint(const std::string& text)
{
  const auto colon = text.rfind(':');
  const auto address = IpAddress::parse(text.substr(0, colon));
  if (colon == std::string::npos || !address)
    throw std::invalid_argument{"'" + text + "' should read 10.77.0.1:3478"};
  return {*address, static_cast<std::uint16_t>(std::stoi(text.substr(colon + 1)))};
}

tutti::net::TurnConnection::PublicKeyPin pinOf(const std::string& hex)
{
  tutti::net::TurnConnection::PublicKeyPin digest{};
  if (hex.size() != 2 * digest.size()) throw std::invalid_argument{"a pin has 64 hex digits"};
  for (std::size_t i = 0; i < digest.size(); ++i)
    digest[i] = static_cast<std::byte>(std::stoi(hex.substr(2 * i, 2), nullptr, 16));
  return digest;
}

/// As coturn's `static-auth-secret` wants them: the password is a sum over the name, in Base64.
std::string passwordOf(const std::string& user, const std::string& secret)
{
  std::array<unsigned char, 20> sum{};
  unsigned size = 0;
  HMAC(EVP_sha1(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(user.data()), user.size(), sum.data(), &size);
  std::array<unsigned char, 29> letters{};
  const int count = EVP_EncodeBlock(letters.data(), sum.data(), static_cast<int>(size));
  return {letters.begin(), letters.begin() + count};
}

} // namespace

const char* const kUsage =
  R"(relay-player: plays through a TURN server to a peer that echoes, and tells what it hears.

  relay-player --server ADDRESS:PORT --peer ADDRESS:PORT [--transport udp|tcp|tls] [--rate 750]
               [--user NAME] [--password WORD | --secret WORD --ttl SECONDS]
               [--host NAME] [--pin 64-HEX-DIGITS] [--permission SECONDS] [--channel SECONDS]

One JSON object a line: what happened to the relay, and each second how much was heard, with the longest gap.
Ends on SIGTERM, after the relay was given back.
)";

Options Options::parse(int argc, char** argv)
{
  Options options;
  const auto seconds = [](const std::string& word) { return std::chrono::seconds{std::stoi(word)}; };
  const std::map<std::string, std::function<void(const std::string&)>> setters{
    {"--server", [&](const auto& word) { options.server = endpoint(word); }},
    {"--peer", [&](const auto& word) { options.peer = endpoint(word); }},
    {"--transport", [&](const auto& word) { options.transport = word; }},
    {"--rate", [&](const auto& word) { options.rate = std::stoi(word); }},
    {"--user", [&](const auto& word) { options.user = word; }},
    {"--password", [&](const auto& word) { options.password = word; }},
    {"--secret", [&](const auto& word) { options.secret = word; }},
    {"--ttl", [&](const auto& word) { options.ttl = seconds(word); }},
    {"--host", [&](const auto& word) { options.host = word; }},
    {"--pin", [&](const auto& word) { options.pin = pinOf(word); }},
    {"--permission", [&](const auto& word) { options.client.permissionLifetime = seconds(word); }},
    {"--channel", [&](const auto& word) { options.client.channelLifetime = seconds(word); }},
  };
  for (int i = 1; i < argc; i += 2) {
    const auto setter = setters.find(argv[i]);
    if (setter == setters.end() || i + 1 == argc)
      throw std::invalid_argument{std::string{"'"} + argv[i] + "' is not an option, or has no value"};
    setter->second(argv[i + 1]);
  }
  if (options.server.port == 0 || options.peer.port == 0)
    throw std::invalid_argument{"--server or --peer is missing"};
  return options;
}

tutti::net::TurnCredentials Options::credentials() const
{
  if (secret.empty()) return {user, password, std::nullopt};
  const auto name = std::to_string(std::time(nullptr) + ttl.count()) + ":" + user;
  return {name, passwordOf(name, secret), tutti::time::HostClock::now() + ttl};
}

} // namespace relay
