#include <Catch.hpp>
#include <algorithm>
#include <tutti/net/RtcpReport.hpp>

#include "Bytes.hpp"

using namespace tutti;
using namespace tutti::net;
using test::bytes;

namespace {

const RtcpReportBlock kBlock{0x00070001, 64, -2, 0x00010005, 12, 0x11223344, 0x10000};

// RFC 3550 6.4.2 and 6.5 by hand: a receiver report with one block, then the name "anna"
const auto kReceiver = bytes({0x81, 201, 0, 7, 0, 9, 0, 1,  0,    7,    0,    1,    64,  0xff, 0xff, 0xfe,
                              0,    1,   0, 5, 0, 0, 0, 12, 0x11, 0x22, 0x33, 0x44, 0,   1,    0,    0,
                              0x81, 202, 0, 3, 0, 9, 0, 1,  1,    4,    'a',  'n',  'n', 'a',  0,    0});

RtcpReport receiverReport()
{
  RtcpReport report;
  report.ssrc = 0x00090001;
  report.cname = "anna";
  report.blocks.tryAdd(kBlock);
  return report;
}

} // namespace

TEST_CASE("A receiver report is written as RFC 3550 draws it")
{
  CHECK(std::ranges::equal(encodeRtcp(receiverReport()).bytes(), kReceiver));
}

TEST_CASE("A receiver report is read as RFC 3550 draws it")
{
  const auto report = parseRtcp(kReceiver);
  REQUIRE(report);
  CHECK(*report == receiverReport());
}

TEST_CASE("A sender's report and farewell survive the way, with any length of name")
{
  for (std::size_t length = 0; length < 256; ++length) {
    auto report = receiverReport();
    report.sender = RtcpSenderInfo{0x0123456789abcdef, 1, 2, 3};
    report.cname = std::string(length, 'x');
    report.isBye = true;
    const auto datagram = encodeRtcp(report);
    CHECK(datagram.size() % 4 == 0);
    const auto read = parseRtcp(datagram.bytes());
    REQUIRE(read);
    CHECK(*read == report);
  }
}

TEST_CASE("As many blocks as a report can count fit")
{
  auto report = receiverReport();
  while (report.blocks.tryAdd(kBlock)) {
  }
  const auto datagram = encodeRtcp(report);
  CHECK(parseRtcp(datagram.bytes()).value() == report);
}

TEST_CASE("Packets of other kinds are skipped")
{
  auto with = kReceiver;
  for (const auto byte : bytes({0x80, 204, 0, 1, 1, 2, 3, 4})) with.push_back(byte);
  CHECK(parseRtcp(with).value() == receiverReport());
}

TEST_CASE("Torn reports and what begins with no report are refused")
{
  for (std::size_t size = 0; size < kReceiver.size(); ++size) {
    const bool endsBetweenPackets = size == 32;
    CHECK(parseRtcp(std::span{kReceiver}.first(size)).has_value() == endsBetweenPackets);
  }
  CHECK_FALSE(parseRtcp(std::span{kReceiver}.subspan(32)));
  auto greedy = kReceiver;
  greedy[0] = std::byte{0x9f}; // promises 31 blocks
  CHECK_FALSE(parseRtcp(greedy));
}
