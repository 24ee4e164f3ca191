#include <Catch.hpp>
#include <Fixtures.hpp>
#include <tutti/net/Stun.hpp>

using namespace tutti;
using namespace tutti::net;
using stun::Attribute;

namespace {

// RFC 5769 2.1 to 2.3
constexpr std::string_view kPassword = "VOkJxbRl1RmTxUk/WvJxBt";
const auto kRequest = test::bytesOf("00 01 00 58 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae"
                                    "80 22 00 10 53 54 55 4e 20 74 65 73 74 20 63 6c 69 65 6e 74"
                                    "00 24 00 04 6e 00 01 ff 80 29 00 08 93 2f f9 b1 51 26 3b 36"
                                    "00 06 00 09 65 76 74 6a 3a 68 36 76 59 20 20 20"
                                    "00 08 00 14 9a ea a7 0c bf d8 cb 56 78 1e f2 b5 b2 d3 f2 49 c1 b5 71 a2"
                                    "80 28 00 04 e5 7a 3b cf");
const auto kResponseV4 =
  test::bytesOf("01 01 00 3c 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae"
                "80 22 00 0b 74 65 73 74 20 76 65 63 74 6f 72 20"
                "00 20 00 08 00 01 a1 47 e1 12 a6 43"
                "00 08 00 14 2b 91 f5 99 fd 9e 90 c3 8c 74 89 f9 2a f9 ba 53 f0 6b e7 d7"
                "80 28 00 04 c0 7d 4c 96");
const auto kResponseV6 =
  test::bytesOf("01 01 00 48 21 12 a4 42 b7 e7 a7 01 bc 34 d6 86 fa 87 df ae"
                "80 22 00 0b 74 65 73 74 20 76 65 63 74 6f 72 20"
                "00 20 00 14 00 02 a1 47 01 13 a9 fa a5 d3 f1 79 bc 25 f4 b5 be d2 b9 d9"
                "00 08 00 14 a3 82 95 4e 4b e6 7b f1 17 84 c9 7c 82 92 c2 75 bf e3 ed 41"
                "80 28 00 04 c8 fb 0b 4c");

stun::Message parsed(std::span<const std::byte> datagram)
{
  const auto message = stun::Message::parse(datagram);
  REQUIRE(message);
  return *message;
}

stun::TransactionId anyTransaction()
{
  stun::TransactionId id{};
  for (std::size_t i = 0; i < id.size(); ++i) id[i] = static_cast<std::byte>(i * 19 + 7);
  return id;
}

} // namespace

TEST_CASE("The request of RFC 5769 is read and its seal is right")
{
  const auto message = parsed(kRequest);
  CHECK(message.messageClass() == stun::Class::request);
  CHECK(message.method() == 1);
  CHECK(message.text(Attribute::software) == "STUN test client");
  CHECK(message.text(Attribute::username) == "evtj:h6vY");
  CHECK(message.number(Attribute::priority) == 0x6e0001ffU);
  CHECK(message.hasFingerprint());
  CHECK(message.isSealedWith(kPassword));
  CHECK_FALSE(message.isSealedWith("another password"));
}

TEST_CASE("The responses of RFC 5769 tell the address, over IPv4 and IPv6")
{
  const auto four = parsed(kResponseV4);
  CHECK(four.messageClass() == stun::Class::success);
  CHECK(four.xorMappedAddress() == Endpoint{*IpAddress::parse("192.0.2.1"), 32853});
  CHECK(four.isSealedWith(kPassword));
  const auto six = parsed(kResponseV6);
  CHECK(six.xorMappedAddress() == Endpoint{*IpAddress::parse("2001:db8:1234:5678:11:2233:4455:6677"), 32853});
  CHECK(six.isSealedWith(kPassword));
}

TEST_CASE("Our request is as long, and sealed as in RFC 5769")
{
  const auto original = parsed(kRequest);
  stun::Writer out{stun::Class::request, stun::Method::binding, original.transaction()};
  out.add(Attribute::software, std::string_view{"STUN test client"});
  out.add(Attribute::priority, 0x6e0001ffU);
  out.add(Attribute::iceControlled, *original.find(Attribute::iceControlled));
  out.add(Attribute::username, std::string_view{"evtj:h6vY"});
  out.seal(kPassword);
  out.addFingerprint();
  const auto again = parsed(out.bytes());
  CHECK(out.size() == kRequest.size());
  CHECK(again.isSealedWith(kPassword)); // other sums: the RFC pads with blanks
}

TEST_CASE("Each single bit of a message counts")
{
  for (std::size_t i = 0; i < kRequest.size(); ++i) {
    auto damaged = kRequest;
    damaged[i] ^= std::byte{0x10};
    const auto message = stun::Message::parse(damaged);
    CAPTURE(i);
    CHECK_FALSE((message && message->hasFingerprint() && message->isSealedWith(kPassword)));
  }
}

TEST_CASE("A message cut anywhere is no message")
{
  for (std::size_t size = 0; size < kRequest.size(); ++size)
    CHECK_FALSE(stun::Message::parse(std::span{kRequest}.first(size)));
}

TEST_CASE("The stronger sum decides where both are there")
{
  stun::Writer out{stun::Class::request, stun::Method::binding, anyTransaction()};
  out.seal("right");
  out.sealSha256("wrong");
  CHECK_FALSE(parsed(out.bytes()).isSealedWith("right"));
  CHECK(parsed(out.bytes()).isSealedWith("wrong"));
}

TEST_CASE("What stands behind the seal is not there")
{
  stun::Writer out{stun::Class::request, stun::Method::binding, anyTransaction()};
  out.seal("right");
  out.add(Attribute::username, std::string_view{"somebody"});
  out.addFingerprint();
  const auto message = parsed(out.bytes());
  CHECK(message.isSealedWith("right"));
  CHECK_FALSE(message.text(Attribute::username));
}

TEST_CASE("An address of either family survives the way")
{
  const Endpoint four{*IpAddress::parse("10.1.2.3"), 4711};
  const Endpoint six{*IpAddress::parse("2001:db8::17"), 9};
  for (const auto& endpoint : {four, six}) {
    stun::Writer out{stun::Class::success, stun::Method::binding, anyTransaction()};
    out.addXorMappedAddress(endpoint);
    CHECK(parsed(out.bytes()).xorMappedAddress() == endpoint);
  }
}

TEST_CASE("A padded question is as long as was asked for")
{
  for (std::size_t size = 60; size < 200; size += 4) {
    stun::Writer out{stun::Class::request, stun::Method::binding, anyTransaction()};
    out.padTo(size);
    out.seal("x");
    out.addFingerprint();
    CAPTURE(size);
    CHECK(out.size() >= size);
    CHECK(out.size() <= std::max<std::size_t>(size + 4, 56));
    CHECK(parsed(out.bytes()).isSealedWith("x"));
  }
}

TEST_CASE("A message of many attributes is refused, not half read")
{
  stun::Writer out{stun::Class::request, stun::Method::binding, anyTransaction()};
  for (std::size_t i = 0; i <= stun::Message::kMostAttributes; ++i) out.add(Attribute::priority, 1U);
  CHECK_FALSE(stun::Message::parse(out.bytes()));
}

TEST_CASE("What has to be understood and is not is noticed")
{
  stun::Writer known{stun::Class::success, stun::Method::allocate, anyTransaction()};
  known.add(Attribute::lifetime, 600U);
  known.add(static_cast<Attribute>(0x8f00), 1U); // may be left alone
  CHECK_FALSE(parsed(known.bytes()).hasUnknownRequired());
  known.add(static_cast<Attribute>(0x7f00), 1U);
  CHECK(parsed(known.bytes()).hasUnknownRequired());
}

TEST_CASE("An error code is read from its two parts, and only where it is one")
{
  const auto codeOf = [](std::string_view value) {
    stun::Writer out{stun::Class::error, stun::Method::allocate, anyTransaction()};
    out.add(Attribute::errorCode, test::bytesOf(value));
    return parsed(out.bytes()).errorCode();
  };
  CHECK(codeOf("00 00 04 01") == 401);
  CHECK(codeOf("ff ff fc 26 53 74 61 6c 65") == 438); // the upper bits are reserved
  CHECK(codeOf("00 00 05 63") == 599);
  CHECK_FALSE(codeOf("00 00 04 64"));
  CHECK_FALSE(codeOf("00 00 02 00"));
  CHECK_FALSE(codeOf("00 00 04"));
}

TEST_CASE("An alternate server's address goes undisguised")
{
  stun::Writer out{stun::Class::error, stun::Method::allocate, anyTransaction()};
  out.add(Attribute::alternateServer, test::bytesOf("00 01 0d 96 c0 00 02 07"));
  CHECK(parsed(out.bytes()).plainAddress(Attribute::alternateServer) ==
        Endpoint{*IpAddress::parse("192.0.2.7"), 3478});
}
