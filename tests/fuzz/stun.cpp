// Whatever is accepted as STUN is whole: every attribute lies inside it, and what we write is accepted.
#include <span>

#include <tutti/net/Stun.hpp>

#include "Require.hpp"

using namespace tutti;
using fuzz::require;
using net::stun::Attribute;

namespace {

void isInside(std::span<const std::byte> whole, std::optional<std::span<const std::byte>> part)
{
  if (!part || part->empty()) return;
  require(part->data() >= whole.data() && part->data() + part->size() <= whole.data() + whole.size());
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const auto datagram = std::as_bytes(std::span{data, size});
  const auto message = net::stun::Message::parse(datagram);
  if (!message) return 0;
  for (const auto type : {Attribute::username, Attribute::cookie, Attribute::without, Attribute::padding,
                          Attribute::messageIntegrity, Attribute::errorCode})
    isInside(datagram, message->find(type));
  require(!message->isSealedWith("a password that nobody knows"));
  if (const auto endpoint = message->xorMappedAddress()) {
    net::stun::Writer out{message->messageClass(), net::stun::Method::binding, message->transaction()};
    out.addXorMappedAddress(*endpoint);
    out.seal("x");
    out.addFingerprint();
    const auto again = net::stun::Message::parse(out.bytes());
    require(again && again->xorMappedAddress() == *endpoint && again->isSealedWith("x"));
  }
  return 0;
}
