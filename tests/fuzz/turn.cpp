// What a TURN server says on a stream: the same messages are found however it is cut, nothing longer than a
// frame is kept, and what is unpacked lies inside a message and comes from whom we permitted.
#include <algorithm>
#include <span>
#include <vector>

#include <tutti/net/TurnDeframer.hpp>
#include <tutti/net/TurnRoutes.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;

namespace {

const Endpoint kServer{IpAddress::v4({192, 0, 2, 1}), 3478};
const Endpoint kBen{IpAddress::v4({198, 51, 100, 20}), 7000};

using Frames = std::vector<std::vector<std::byte>>;

void unwrap(const net::TurnRoutes& routes, std::span<const std::byte> frame)
{
  require(!routes.unwrap(frame, kBen));
  const auto data = routes.unwrap(frame, kServer);
  if (!data) return;
  require(data->peer.address == kBen.address);
  require(data->payload.empty() ||
          (data->payload.data() >= frame.data() &&
           data->payload.data() + data->payload.size() <= frame.data() + frame.size()));
}

Frames framesOf(std::span<const std::byte> stream, std::size_t pieces, const net::TurnRoutes& routes)
{
  net::TurnDeframer deframer;
  Frames frames;
  while (!stream.empty()) {
    const auto room = deframer.room();
    if (room.empty()) {
      require(deframer.isBroken());
      break;
    }
    const auto count = std::min({pieces, room.size(), stream.size()});
    std::ranges::copy(stream.first(count), room.begin());
    deframer.filled(count);
    stream = stream.subspan(count);
    while (const auto frame = deframer.next()) {
      require(frame->size() <= net::TurnDeframer::kLongestFrame);
      unwrap(routes, *frame);
      frames.emplace_back(frame->begin(), frame->end());
    }
  }
  return frames;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto stream = std::as_bytes(std::span{data, size});
  net::TurnRoutes routes{kServer, net::TurnTransport::stream, net::stun::TransactionId{}};
  routes.tryAdd({kBen, 0x4001, true});
  unwrap(routes, stream);
  const auto frames = framesOf(stream, 1, routes);
  require(frames == framesOf(stream, 7, routes));
  require(frames == framesOf(stream, 100'000, routes));
  if (size > 1472) return 0;
  std::vector<std::byte> room(size + net::TurnRoutes::kMostAround);
  const auto packed = routes.wrap(kBen, stream, room);
  require(packed.size() >= size && packed.size() % 4 == 0);
  const auto back = routes.unwrap(packed, kServer);
  require(back && back->peer == kBen && std::ranges::equal(back->payload, stream));
  return 0;
}
