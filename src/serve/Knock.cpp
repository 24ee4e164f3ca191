#include "Knock.hpp"

#include <array>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/ip/udp.hpp>
#include <asio/steady_timer.hpp>
#include <chrono>

#include <tutti/discovery/AsioEndpoint.hpp>
#include <tutti/net/Stun.hpp>

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;
namespace stun = net::stun;

constexpr auto kPatience = 2s;
constexpr auto kBetween = 400ms; // a datagram may get lost
constexpr int kDatagrams = 3;
constexpr std::size_t kPadded = 108; // a host answers only what is as long as its answer: spec room R-18

/// Is there a listener?
class TcpKnock {
public:
  TcpKnock(asio::io_context& context, const asio::ip::tcp::endpoint& door, bool& isOpen)
    : socket_{context}
  {
    socket_.async_connect(door, [this, &isOpen](const asio::error_code& error) {
      asio::error_code ignored;
      socket_.close(ignored);
      isOpen = !error;
    });
  }

private:
  asio::ip::tcp::socket socket_;
};

/// Does somebody answer who has heard the number?
class UdpKnock {
public:
  UdpKnock(asio::io_context& context, const asio::ip::udp::endpoint& door, const stun::TransactionId& number,
           bool& isOpen)
    : socket_{context}
    , again_{context}
    , number_{number}
    , isOpen_{isOpen}
  {
    stun::Writer writer{stun::Class::request, stun::Method::binding, number};
    writer.padTo(kPadded);
    writer.addFingerprint();
    question_.assign(writer.bytes().begin(), writer.bytes().end());
    asio::error_code error;
    socket_.connect(door, error); // hears nobody else from now on
    if (error) return;
    say();
    hear();
  }

private:
  void say()
  {
    asio::error_code ignored; // an answer of ICMP: it is heard as silence
    socket_.send(asio::buffer(question_), 0, ignored);
    if (++said_ == kDatagrams) return;
    again_.expires_after(kBetween);
    again_.async_wait([this](const asio::error_code& error) {
      if (!error && !isOpen_) say();
    });
  }

  void hear()
  {
    socket_.async_receive(asio::buffer(buffer_), [this](const asio::error_code& error, std::size_t size) {
      if (error == asio::error::operation_aborted) return;
      const auto answer = stun::Message::parse(std::as_bytes(std::span{buffer_}.first(error ? 0 : size)));
      isOpen_ = answer && answer->transaction() == number_ && answer->messageClass() == stun::Class::success;
      if (isOpen_)
        again_.cancel();
      else if (++heard_ < kMostHeard)
        hear();
    });
  }

  static constexpr int kMostHeard = 16;

  asio::ip::udp::socket socket_;
  asio::steady_timer again_;
  stun::TransactionId number_;
  bool& isOpen_;
  ByteString question_;
  std::array<char, 512> buffer_{};
  int said_ = 0;
  int heard_ = 0;
};

} // namespace

room::wire::KnockReply knockAt(const IpAddress& address, const room::wire::KnockRequest& request)
{
  room::wire::KnockReply reply{address, false, false};
  asio::io_context context;
  const auto door = discovery::toAsio(address);
  TcpKnock tcp{context, {door, request.tcp}, reply.isTcpOpen};
  UdpKnock udp{context, {door, request.udp}, request.number, reply.isUdpOpen};
  context.run_for(kPatience);
  return reply;
}

} // namespace tutti::serve
