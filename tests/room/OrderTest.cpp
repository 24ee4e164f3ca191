#include <Catch.hpp>
#include <tutti/room/Order.hpp>

using namespace tutti;
using namespace tutti::room;

namespace {

const auto kHost = MemberKeys::draw();
const auto kRoom = RoomId::draw();
const auto kSomebody = MemberId::draw();

ByteString signedBy(const MemberKeys& keys, std::uint64_t number, Order::What what, RoomId room = kRoom)
{
  return Order{room, number, what, kSomebody}.sign(keys);
}

} // namespace

TEST_CASE("The host locks, mutes and kicks")
{
  Authority authority{kRoom, kHost.signPublic()};
  CHECK(authority.hear(signedBy(kHost, 1, Order::What::lock)));
  CHECK(authority.isLocked());
  CHECK(authority.hear(signedBy(kHost, 2, Order::What::mute)));
  CHECK(authority.isMuted(kSomebody));
  CHECK(authority.hear(signedBy(kHost, 3, Order::What::unmute)));
  CHECK_FALSE(authority.isMuted(kSomebody));
  CHECK(authority.hear(signedBy(kHost, 7, Order::What::unlock)));
  CHECK_FALSE(authority.isLocked());
  const auto kick = authority.hear(signedBy(kHost, 8, Order::What::kick));
  REQUIRE(kick);
  CHECK(kick->target == kSomebody);
  CHECK(authority.isKicked(kSomebody));
}

TEST_CASE("Nobody else is obeyed, nor the host's words from another room")
{
  Authority authority{kRoom, kHost.signPublic()};
  CHECK_FALSE(authority.hear(signedBy(MemberKeys::draw(), 1, Order::What::lock)));
  CHECK_FALSE(authority.hear(signedBy(kHost, 1, Order::What::lock, RoomId::draw())));
  CHECK_FALSE(authority.isLocked());
  Authority leaderless{kRoom, std::nullopt};
  CHECK_FALSE(leaderless.hear(signedBy(kHost, 1, Order::What::lock)));
}

TEST_CASE("An order that is played back is none")
{
  Authority authority{kRoom, kHost.signPublic()};
  const auto lock = signedBy(kHost, 5, Order::What::lock);
  CHECK(authority.hear(lock));
  CHECK(authority.hear(signedBy(kHost, 6, Order::What::unlock)));
  CHECK_FALSE(authority.hear(lock));
  CHECK_FALSE(authority.isLocked());
}

TEST_CASE("An order that was heard before costs nobody the look at its signature") // spec room R-7
{
  Authority authority{kRoom, kHost.signPublic()};
  REQUIRE(authority.hear(signedBy(kHost, 5, Order::What::lock)));
  const auto mallory = MemberKeys::draw();
  const auto errorOf = [&](std::uint64_t number, RoomId room = kRoom) {
    return authority.hear(signedBy(mallory, number, Order::What::mute, room)).error().kind;
  };
  CHECK(errorOf(5) == ErrorKind::malformed);
  CHECK(errorOf(6, RoomId::draw()) == ErrorKind::malformed);
  CHECK(errorOf(6) == ErrorKind::refused);
}

TEST_CASE("An order of which one bit is changed is none")
{
  const auto order = signedBy(kHost, 1, Order::What::lock);
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto changed = order;
    changed[i] ^= std::byte{2};
    CHECK_FALSE(Order::parse(changed, kHost.signPublic()));
  }
  CHECK_FALSE(Order::parse(std::span{order}.first(30), kHost.signPublic()));
}
