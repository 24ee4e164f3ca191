#include <Announcement.hpp>
#include <Catch.hpp>
#include <tutti/discovery/Entries.hpp>

#include "Words.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using namespace tutti::linkaudio::test;

namespace {

Announcement withChannels(std::size_t count)
{
  Announcement announcement{node("session"), "TestPeer", {}, 123'456};
  for (std::size_t i = 0; i < count; ++i)
    announcement.channels.push_back({"Channel_" + std::to_string(i), channel(std::to_string(i))});
  return announcement;
}

std::span<const std::byte> payloadOf(const Packet& packet)
{
  return packet.bytes().subspan(20);
}

std::optional<Announcement> parsed(std::string_view hex)
{
  return parseAnnouncement(bytesOf(hex));
}

const std::string kSession = "73657373 00000008 7365737369 6f6e00";
const std::string kPeer = "5f5f7069 00000008 00000004 416e6e61";
const std::string kOneChannel = "61756361 00000011 00000001 00000001 41 0102030405060708";
const std::string kPing = "5f5f6874 00000008 000000000001e240";

} // namespace

TEST_CASE("Three channels and a ping are 147 bytes")
{
  const auto packets = encodeAnnouncement(node("sender"), withChannels(3));
  REQUIRE(packets.size() == 1);
  CHECK(packets[0].size() == 147);
  CHECK(parseAnnouncement(payloadOf(packets[0])) == withChannels(3));
}

TEST_CASE("An announcement of nothing is said, too: it tells where we are")
{
  const auto packets = encodeAnnouncement(node("sender"), withChannels(0));
  REQUIRE(packets.size() == 1);
  CHECK(packets[0].size() == 84);
  CHECK(parseAnnouncement(payloadOf(packets[0])) == withChannels(0));
}

TEST_CASE("Many channels take several packets, of which the first has the ping")
{
  using Sizes = std::vector<std::pair<std::size_t, std::size_t>>;
  const auto split = [](std::size_t count) {
    Sizes sizes;
    for (const auto& packet : encodeAnnouncement(node("sender"), withChannels(count))) {
      const auto announcement = parseAnnouncement(payloadOf(packet));
      REQUIRE(announcement);
      CHECK(announcement->ping.has_value() == sizes.empty());
      CHECK(announcement->session == node("session"));
      CHECK(announcement->peerName == "TestPeer");
      sizes.emplace_back(announcement->channels.size(), packet.size());
    }
    return sizes;
  };
  CHECK(split(60) == Sizes{{51, 1196}, {9, 266}});
  CHECK(split(200) == Sizes{{51, 1196}, {51, 1192}, {49, 1195}, {49, 1195}});
}

TEST_CASE("All channels come through, in order, with the longest names")
{
  auto announcement = withChannels(40);
  announcement.peerName = std::string(256, 'p');
  for (auto& channel : announcement.channels) channel.name = std::string(256, 'c');
  std::vector<OfferedChannel> heard;
  for (const auto& packet : encodeAnnouncement(node("sender"), announcement)) {
    const auto part = parseAnnouncement(payloadOf(packet));
    REQUIRE(part);
    heard.insert(heard.end(), part->channels.begin(), part->channels.end());
  }
  CHECK(heard == announcement.channels);
}

TEST_CASE("Entries are read in any order, unknown ones are skipped, what is missing is empty")
{
  const auto whole = parsed(kPing + kOneChannel + "666f6f21 00000003 010203" + kPeer + kSession);
  REQUIRE(whole);
  CHECK(whole->session == node("session"));
  CHECK(whole->peerName == "Anna");
  CHECK(whole->channels.size() == 1);
  CHECK(whole->ping == 123'456);

  const auto bare = parsed(kSession);
  REQUIRE(bare);
  CHECK(bare->peerName.empty());
  CHECK(bare->channels.empty());
  CHECK_FALSE(bare->ping);
  CHECK_FALSE(parsed(kPeer + kOneChannel + kPing).has_value()); // whose session?
}

TEST_CASE("A torn or lying announcement is refused whole")
{
  const auto bytes = bytesOf(kSession + kPeer + kOneChannel + kPing);
  REQUIRE(parseAnnouncement(bytes));
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    // Where an entry ends, the rest is a whole announcement with less in it.
    const bool isWhole = size == 16 || size == 32 || size == 57;
    CHECK(parseAnnouncement(std::span{bytes}.first(size)).has_value() == isWhole);
  }
  CHECK_FALSE(parsed(kSession + "5f5f6874 00000007 00000000000000").has_value());     // short ping
  CHECK_FALSE(parsed(kSession + "5f5f6874 00000009 000000000000000000").has_value()); // long ping
  CHECK_FALSE(parsed("73657373 00000007 73657373696f6e").has_value());                // short session
  CHECK_FALSE(parsed(kSession + "5f5f7069 00000005 00000004 41").has_value());        // name beyond its entry
  CHECK_FALSE(parsed(kSession + "5f5f7069 00000006 00000001 4142").has_value());      // … and short of it
  CHECK_FALSE(parsed(kSession + "5f5f7069 00000004 ffffffff").has_value());           // … and of 4 GB
  CHECK_FALSE(parsed(kSession + "61756361 00000004 00000001").has_value());    // a channel that is not there
  CHECK_FALSE(parsed(kSession + "61756361 00000004 ffffffff").has_value());    // … and four milliards
  CHECK_FALSE(parsed(kSession + "61756361 00000005 00000000 00").has_value()); // a byte too many
  CHECK_FALSE(
    parsed(kSession + "61756361 00000010 00000001 00000005 4142434445464748").has_value()); // name over id
  CHECK_FALSE(parsed(kSession + "61756361 ffffffff 00000001").has_value());
}
