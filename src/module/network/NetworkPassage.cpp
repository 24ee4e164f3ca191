#include <tutti/module/NetworkPassage.hpp>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <deque>
#include <utility>
#include <vector>

#include <tutti/module/BlockPieces.hpp>
#include <tutti/module/Passage.hpp>
#include <tutti/module/SealedLine.hpp>
#include <tutti/net/BatchSocket.hpp>

#include "Names.hpp"

namespace tutti::module {
namespace {

using time::HostClock;

constexpr Micros kPatience{4'000'000};
constexpr Micros kCallAgain{250'000};
constexpr std::size_t kMostReady = 64; // blocks; more are too late in any case
constexpr std::size_t kMostWords = 64;

class NetworkPassage final : public Passage {
public:
  NetworkPassage(net::BatchSocket socket, const Endpoint& host, const Keys& keys)
    : socket_{std::move(socket)}
    , host_{host}
    , sealer_{keys.toHost}
    , opener_{keys.toModule}
  {}

  /// A message that is too long for one packet goes nowhere: of so many ports nobody hears.
  void send(std::span<const std::byte> message) override { sendSealed(PacketKind::words, 0, message); }

  std::optional<ByteString> tryReceive() override
  {
    pump();
    if (words_.empty()) return std::nullopt;
    auto first = std::move(words_.front());
    words_.pop_front();
    return first;
  }
  [[nodiscard]] bool isGone() const override { return false; } // the lease tells

  Result<void> prepare(const Welcome& welcome) override
  {
    const auto& shape = welcome.shape;
    const auto most = std::max(shape.inputs, shape.outputs) * std::size_t{shape.block};
    if (!fitsPieces(most))
      return failure(
        ErrorKind::refused,
        "That many channels and frames do not fit through the network: ask for a smaller block.");
    ready_.clear();
    joiner_.emplace(shape.inputs * std::size_t{shape.block});
    return {};
  }

  std::optional<Moment> tryTake(std::span<float> inputs) override
  {
    if (ready_.empty()) pump();
    if (ready_.empty()) return std::nullopt;
    const auto block = std::move(ready_.front());
    ready_.pop_front();
    if (block.samples.size() != inputs.size()) return std::nullopt;
    std::ranges::copy(block.samples, inputs.begin());
    return block.moment;
  }

  void answer(const Moment& moment, std::span<const float> outputs) override
  {
    cutter_.cut(moment, outputs, [&](std::span<const std::byte> piece) {
      sendSealed(PacketKind::sound, static_cast<std::uint32_t>(moment.first.frames & 0xffff'ffff), piece);
    });
  }

  void wait(Micros most) override { waitReadable(socket_.descriptor(), most); }

private:
  struct Ready {
    Moment moment;
    std::vector<float> samples;
  };

  void sendSealed(PacketKind kind, std::uint32_t timestamp, std::span<const std::byte> payload)
  {
    if (const auto packet = sealer_.seal(kind, timestamp, payload)) {
      const net::Outgoing out{*packet, host_};
      socket_.send({&out, 1});
    }
  }

  void pump()
  {
    for (const auto& datagram : socket_.receive()) {
      const auto opened = opener_.open(datagram.bytes, datagram.at);
      if (!opened) continue;
      if (opened->kind == PacketKind::words && words_.size() < kMostWords)
        words_.emplace_back(opened->payload.begin(), opened->payload.end());
      if (opened->kind == PacketKind::sound && joiner_) join(opened->payload);
    }
  }

  void join(std::span<const std::byte> piece)
  {
    const auto block = joiner_->add(piece);
    if (!block) return;
    if (ready_.size() == kMostReady) ready_.pop_front();
    ready_.push_back({block->moment, {block->samples.begin(), block->samples.end()}});
  }

  net::BatchSocket socket_;
  Endpoint host_;
  LineSealer sealer_;
  LineOpener opener_;
  BlockCutter cutter_;
  std::optional<BlockJoiner> joiner_;
  std::deque<Ready> ready_;
  std::deque<ByteString> words_;
};

/// The other's part of the keys, once it has answered.
std::optional<Nonce> call(net::BatchSocket& socket, const Endpoint& host, const std::string& token,
                          const Nonce& ours)
{
  const auto datagram = encodeCall(token, ours);
  const auto end = HostClock::now() + kPatience;
  for (auto again = HostClock::now(); HostClock::now() < end;) {
    if (HostClock::now() >= again) {
      const net::Outgoing out{datagram, host};
      socket.send({&out, 1});
      again = HostClock::now() + kCallAgain;
    }
    waitReadable(socket.descriptor(), again - HostClock::now());
    for (const auto& came : socket.receive())
      if (const auto theirs = readAnswer(came.bytes, token, ours); theirs && came.from == host) return theirs;
  }
  return std::nullopt;
}

Result<std::unique_ptr<Passage>> openNetworkPassage(const std::string& text)
{
  const auto address = NetworkAddress::parse(text);
  if (!address)
    return failure(ErrorKind::malformed,
                   "A module's way over a network is written tutti-module://HOST:PORT#TOKEN.");
  const auto host = resolve(address->host, address->port);
  if (!host) return failure(ErrorKind::unavailable, "There is no '" + address->host + "' on this network.");
  const auto any = host->address.isV4() ? IpAddress::v4({}) : IpAddress::v6({});
  auto socket = net::BatchSocket::open({any, 0});
  if (!socket) return tl::unexpected{socket.error()};
  const auto ours = drawNonce();
  const auto theirs = call(*socket, *host, address->token, ours);
  if (!theirs)
    return failure(ErrorKind::unavailable,
                   "No Tutti answers at " + host->text() +
                     ": it is not there, takes no modules from a network, or the token is another one.");
  return std::make_unique<NetworkPassage>(std::move(*socket), *host, keysOf(address->token, ours, *theirs));
}

} // namespace

void useNetwork()
{
  teachPassage(std::string{NetworkAddress::kBeginning}, openNetworkPassage);
}

} // namespace tutti::module
