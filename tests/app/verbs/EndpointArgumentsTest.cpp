#include "verbs/endpoint/EndpointArguments.hpp"

#include <CLI/CLI.hpp>

#include <Catch.hpp>

namespace tutti::app {
namespace {

using endpoint::SampleType;
using Kind = SoundInput::Kind;

/// The words after "tutti endpoint".
EndpointOptions parsed(const std::string& words)
{
  CLI::App program;
  EndpointOptions options;
  addEndpointVerb(program, options);
  program.parse("endpoint " + words);
  return options;
}

} // namespace

TEST_CASE("A server of which nothing is said offers what goes in, and takes what comes out")
{
  const auto options = parsed("--serve");
  REQUIRE(options.offers.size() == 1);
  CHECK(options.offers.front().about == endpoint::StreamOffer{"Inputs", {}});
  CHECK(options.offers.front().source.kind == Kind::device);
  REQUIRE(options.takes.size() == 1);
  CHECK(options.takes.front() == endpoint::StreamOffer{"Outputs", {}});
  CHECK(parsed("--connect Stage").offers.empty());
  CHECK(parsed("--serve --offer Voice").takes.empty());
}

TEST_CASE("Streams have a name, channels, a type and a source")
{
  const auto options = parsed(
    "--serve --offer Drums/4/i24 --offer Voice/1=tone:440 --take Monitor//u8 --port 4711 --name Stage");
  REQUIRE(options.offers.size() == 2);
  CHECK(options.offers[0].about.name == "Drums");
  CHECK(options.offers[0].about.format.channels == 4);
  CHECK(options.offers[0].about.format.type == SampleType::i24);
  CHECK(options.offers[1].about.format.channels == 1);
  CHECK(options.offers[1].source == SoundInput{Kind::tone, 440, {}});
  REQUIRE(options.takes.size() == 1);
  CHECK(options.takes[0].format.channels == 2);
  CHECK(options.takes[0].format.type == SampleType::u8);
  CHECK(options.port == 4711);
  CHECK(options.name == "Stage");
}

TEST_CASE("Servers are wanted by name or by address, several at once")
{
  const auto options = parsed("--connect Stage --connect 192.168.1.20:4711 --input clicks --rate 44100");
  REQUIRE(options.servers.size() == 2);
  CHECK(options.servers[0] == endpoint::CallList::Wanted{std::string{"Stage"}});
  CHECK(options.servers[1] == endpoint::CallList::Wanted{Endpoint{IpAddress::v4({192, 168, 1, 20}), 4711}});
  CHECK(options.input.kind == Kind::clicks);
  CHECK(options.device.rate == audio::SampleRate::fromHertz(44'100));
  CHECK(*parseServer("Stage: left") == endpoint::CallList::Wanted{std::string{"Stage: left"}});
}

TEST_CASE("Both roles at once, or only a look around")
{
  const auto both = parsed("--serve --connect Booth");
  CHECK(both.isServing);
  CHECK(both.servers.size() == 1);
  CHECK(parsed("--list --json").isListing);
}

TEST_CASE("What makes no sense is wrong usage")
{
  for (const std::string words : {"",
                                  "--json",
                                  "--list --serve",
                                  "--list --connect Stage",
                                  "--offer Voice",
                                  "--take Voice",
                                  "--port 4711",
                                  "--serve --port 65536",
                                  "--serve --port x",
                                  "--serve --offer /2",
                                  "--serve --offer A/0",
                                  "--serve --offer A/9",
                                  "--serve --offer A/2/i12",
                                  "--serve --offer A/2/i16/x",
                                  "--serve --offer A=tone:1",
                                  "--serve --offer A=",
                                  "--serve --take A=clicks/9",
                                  "--input clicks",
                                  "--serve --input clicks",
                                  "--connect 192.168.1.20:0",
                                  "--connect 192.168.1.20:99999",
                                  "--connect fe80::1:4711",
                                  "--serve --rate 7999",
                                  "--serve --rate high",
                                  "--connect Stage --duration -1",
                                  "--serve stage"}) {
    CAPTURE(words);
    CHECK_THROWS_AS(parsed(words), CLI::ParseError);
  }
  CHECK_FALSE(parseServer(std::string(65, 'a')));
  CHECK_FALSE(parseStream("two\nlines"));
}

} // namespace tutti::app
