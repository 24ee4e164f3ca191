// Somebody who shouts at a room: junk, and checks behind addresses that are not theirs. For namespaces of
// tests.
#include <chrono>
#include <cstdlib>
#include <functional>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <arpa/inet.h>
#include <unistd.h>

#include "Volley.hpp"

namespace {

using Clock = std::chrono::steady_clock;

const char* const kUsage = R"(heckler: shouts at a UDP port as fast as asked.

  heckler --to ADDRESS:PORT [--rate 200000] [--seconds 10] [--seed 1]
          [--check FILE]… [--spoof 10.77.0. | --from ADDRESS:PORT]

Without --spoof and --from: junk from our own address. With --spoof a third is checks behind made-up
addresses of that /24; with --from all is, behind this address: captured ones (--check), bent ones, and
nobody's. Says at its end what it sent, as JSON.
)";

sockaddr_in address(const std::string& text)
{
  const auto colon = text.rfind(':');
  sockaddr_in inet{};
  inet.sin_family = AF_INET;
  if (colon == std::string::npos || inet_pton(AF_INET, text.substr(0, colon).c_str(), &inet.sin_addr) != 1)
    throw std::invalid_argument{"'" + text + "' should read 10.77.0.1:7885"};
  inet.sin_port = htons(static_cast<std::uint16_t>(std::stoi(text.substr(colon + 1))));
  return inet;
}

heckler::Options parsed(int argc, char** argv)
{
  heckler::Options options;
  const std::map<std::string, std::function<void(const std::string&)>> setters{
    {"--to", [&](const auto& word) { options.to = address(word); }},
    {"--from", [&](const auto& word) { options.from = address(word); }},
    {"--rate", [&](const auto& word) { options.rate = std::stod(word); }},
    {"--seconds", [&](const auto& word) { options.seconds = std::stod(word); }},
    {"--spoof", [&](const auto& word) { options.spoofed = word; }},
    {"--check", [&](const auto& word) { options.checks.push_back(word); }},
    {"--seed", [&](const auto& word) { options.seed = std::stoull(word); }},
  };
  for (int i = 1; i < argc; i += 2) {
    const auto setter = setters.find(argv[i]);
    if (setter == setters.end() || i + 1 == argc)
      throw std::invalid_argument{std::string{"'"} + argv[i] + "' is not an option, or has no value"};
    setter->second(argv[i + 1]);
  }
  if (options.to.sin_port == 0) throw std::invalid_argument{"--to is missing"};
  return options;
}

int opened(int type, int protocol)
{
  const int socket = ::socket(AF_INET, type | SOCK_CLOEXEC, protocol);
  if (socket < 0) throw std::runtime_error{"cannot open a socket (raw ones need root)"};
  return socket;
}

struct Tally {
  std::uint64_t shots = 0;
  std::uint64_t bytes = 0;
};

/// One kind of them, at this rate.
template <class Volley> Tally shout(const heckler::Options& options, double rate, int socket)
{
  constexpr int kAgain = 8; // drawing takes time, too
  Volley volley{options};
  Tally tally;
  const auto apart = std::chrono::duration<double>{Volley::kShots / rate};
  const auto begin = Clock::now();
  const auto end =
    begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>{options.seconds});
  for (std::uint64_t number = 0;; ++number) {
    const auto due = begin + std::chrono::duration_cast<Clock::duration>(apart * static_cast<double>(number));
    if (due >= end || Clock::now() >= end) return tally;
    std::this_thread::sleep_until(due);
    if (number % kAgain == 0) volley.load();
    const auto taken = volley.fire(socket);
    tally.shots += taken;
    tally.bytes += volley.bytes(taken);
  }
}

struct Tallies {
  Tally junk;
  Tally checks;
};

/// Both at once: two processors shout louder than one.
Tallies shout(const heckler::Options& options)
{
  const bool isSpoofing = !options.spoofed.empty() || options.from.sin_port != 0;
  const bool isJunking = options.from.sin_port == 0;
  const double checks = !isJunking ? 1 : isSpoofing ? 1.0 / 3 : 0; // each costs three times as much as junk
  Tallies tallies;
  std::vector<std::jthread> both;
  if (isJunking)
    both.emplace_back([&, socket = opened(SOCK_DGRAM, 0)] {
      tallies.junk = shout<heckler::JunkVolley>(options, options.rate * (1 - checks), socket);
    });
  if (isSpoofing)
    both.emplace_back([&, socket = opened(SOCK_RAW, IPPROTO_RAW)] {
      tallies.checks = shout<heckler::CheckVolley>(options, options.rate * checks, socket);
    });
  both.clear(); // waits
  return tallies;
}

} // namespace

int main(int argc, char** argv)
try {
  if (argc == 2 && std::string{argv[1]} == "--help") {
    std::cout << kUsage;
    return EXIT_SUCCESS;
  }
  const auto options = parsed(argc, argv);
  const auto begin = Clock::now();
  const auto [junk, checks] = shout(options);
  const auto seconds = std::chrono::duration<double>{Clock::now() - begin}.count();
  std::cout << "{\"junk\":" << junk.shots << ",\"checks\":" << checks.shots
            << ",\"bytes\":" << junk.bytes + checks.bytes
            << ",\"rate\":" << static_cast<double>(junk.shots + checks.shots) / seconds << "}" << std::endl;
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "heckler: " << error.what() << "\n" << kUsage;
  return 2;
}
