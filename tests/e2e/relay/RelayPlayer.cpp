// Plays through a TURN server as a musician would: 750 packets a second to a peer that echoes.
#include <csignal>
#include <iostream>
#include <memory>
#include <variant>

#include <asio/post.hpp>
#include <asio/signal_set.hpp>

#include "Options.hpp"
#include "UdpRelay.hpp"

namespace {

using namespace std::chrono_literals;
using relay::Options;
using tutti::Endpoint;
using tutti::HostTime;
using tutti::Micros;
using tutti::net::TurnClient;
using tutti::net::TurnConnection;
using tutti::time::HostClock;
using Timer = asio::basic_waitable_timer<HostClock>;

constexpr Micros kSuspicious = 200ms; // of silence: a member's paths would have noticed, too

class Player {
  template <class Work> auto onRelay(Work work) { return udp_ ? work(*udp_) : work(*stream_); }

public:
  Player(asio::io_context& context, Options options)
    : context_{context}
    , options_{std::move(options)}
    , beat_{context}
    , second_{context}
  {
    TurnConnection::Listener listener{
      [this](const TurnClient::Action& action) { happened(action); },
      [this](const Endpoint&, std::span<const std::byte>, HostTime at) { heard(at); }};
    if (options_.transport == "udp")
      udp_ = std::make_unique<relay::UdpRelay>(context, options_.server, options_.credentials(),
                                               options_.client, listener);
    else
      stream_ = std::make_unique<TurnConnection>(
        context,
        TurnConnection::Target{options_.server, options_.host, options_.transport == "tls", options_.pin},
        options_.credentials(), options_.client, listener);
    onRelay([this](auto& relay) { relay.bindChannel(options_.peer); });
    play(HostClock::now());
    tell(HostClock::now());
  }

  void leave()
  {
    onRelay([](auto& relay) { relay.release(); });
  }

private:
  void play(HostTime due)
  {
    beat_.expires_at(due);
    beat_.async_wait([this, due](std::error_code aborted) {
      if (aborted || isOver_) return;
      sent_ += onRelay([this](auto& relay) { return relay.trySend(options_.peer, payload_); }) ? 1 : 0;
      const bool isSilent = heardAt_ && HostClock::now() - *heardAt_ > kSuspicious;
      if (isSilent) onRelay([](auto& relay) { relay.suspect(); });
      play(due + Micros{1'000'000 / options_.rate});
    });
  }

  void tell(HostTime due)
  {
    second_.expires_at(due);
    second_.async_wait([this, due](std::error_code aborted) {
      if (aborted || isOver_) return;
      const auto now = HostClock::now();
      const auto lasting = heardAt_ ? std::max(gap_, now - *heardAt_) : Micros{0};
      std::cout << "{\"t\":" << tutti::microsOf(now) << ",\"sent\":" << sent_ << ",\"heard\":" << heard_
                << ",\"gapMs\":" << static_cast<double>(lasting.count()) / 1000 << "}" << std::endl;
      sent_ = heard_ = 0;
      gap_ = Micros{0};
      tell(due + 1s);
    });
  }

  void heard(HostTime at)
  {
    ++heard_;
    if (heardAt_) gap_ = std::max(gap_, at - *heardAt_);
    heardAt_ = at;
  }

  static void say(const char* event, const std::string& more = {})
  {
    std::cout << "{\"t\":" << tutti::microsOf(HostClock::now()) << ",\"event\":\"" << event << "\"" << more
              << "}" << std::endl;
  }

  void happened(const TurnClient::Action& action)
  {
    if (const auto* relayed = std::get_if<TurnClient::Relayed>(&action))
      say("relayed", ",\"at\":\"" + relayed->relayed.text() + "\"");
    if (const auto* lost = std::get_if<TurnClient::Lost>(&action))
      say("lost", ",\"why\":\"" + lost->why.detail + "\"");
    if (const auto* gone = std::get_if<TurnClient::Unreachable>(&action))
      say("unreachable", ",\"why\":\"" + gone->why.detail + "\"");
    if (std::holds_alternative<TurnClient::Reachable>(action)) say("reachable");
    if (std::holds_alternative<TurnClient::Ending>(action)) say("ending");
    if (std::holds_alternative<TurnClient::NeedsCredentials>(action)) renew();
    if (std::holds_alternative<TurnClient::Released>(action)) {
      say("released");
      isOver_ = true;
      context_.stop();
    }
  }

  /// From outside the callback, as somebody would who asks a directory.
  void renew()
  {
    say("needs-credentials");
    if (options_.secret.empty()) return;
    asio::post(context_, [this] { onRelay([this](auto& relay) { relay.renew(options_.credentials()); }); });
  }

  asio::io_context& context_;
  Options options_;
  Timer beat_;
  Timer second_;
  std::array<std::byte, 200> payload_{std::byte{0x80}};
  std::optional<HostTime> heardAt_;
  Micros gap_{0};
  int sent_ = 0;
  int heard_ = 0;
  bool isOver_ = false;
  std::unique_ptr<relay::UdpRelay> udp_;
  std::unique_ptr<TurnConnection> stream_;
};

} // namespace

int main(int argc, char** argv)
try {
  if (argc == 2 && std::string{argv[1]} == "--help") {
    std::cout << relay::kUsage;
    return EXIT_SUCCESS;
  }
  asio::io_context context;
  Player player{context, Options::parse(argc, argv)};
  asio::signal_set farewell{context, SIGTERM, SIGINT};
  farewell.async_wait([&](std::error_code aborted, int) {
    if (!aborted) player.leave();
  });
  context.run();
  return EXIT_SUCCESS;
} catch (const std::exception& error) {
  std::cerr << "relay-player: " << error.what() << "\n" << relay::kUsage;
  return 2;
}
