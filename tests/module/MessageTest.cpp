#include <Catch.hpp>
#include <Dice.hpp>
#include <string>

#include <tutti/module/Message.hpp>

using namespace tutti;
using namespace tutti::module;

namespace {

Card card()
{
  return {
    .name = "Delay", .description = "Echoes", .inputs = {{"in", 2}}, .outputs = {{"out", 2}, {"dry", 1}}};
}

Hello largest()
{
  Hello hello{std::string(kLongestToken, 't'), card()};
  hello.card.name = std::string(Card::kLongestName, 'n');
  hello.card.description = std::string(Card::kLongestDescription, 'd');
  for (auto* ports : {&hello.card.inputs, &hello.card.outputs}) {
    ports->clear();
    for (std::size_t i = 0; i < Card::kMostPorts; ++i)
      ports->push_back({std::string(Card::kLongestName - 1, 'p') + static_cast<char>('a' + i), 8});
  }
  return hello;
}

std::vector<Message> all()
{
  return {Hello{"token", card()}, largest(),   Welcome{44'100, LaneShape::of(2, 3, 128), Micros{1'000'000}},
          Refusal{"No room."},    Heartbeat{}, Leave{"Good night."}};
}

} // namespace

TEST_CASE("Every message comes back as it was said, and none is too large")
{
  for (const auto& message : all()) {
    const auto packet = encode(message);
    CHECK(packet.size() <= kLargestMessage);
    const auto back = parseMessage(packet);
    REQUIRE(back);
    CHECK(*back == message);
  }
}

TEST_CASE("A hello is these bytes")
{
  const Hello hello{
    "k", {.name = "A", .description = "", .inputs = {}, .outputs = {{"o", 1}}, .rate = 48'000, .block = 64}};
  const std::string golden{"\0tutti module\1\1k\1A\0\0\1\1o\1\0\0\xbb\x80\0\0\0\x40", 32};
  CHECK(asText(encode(hello)) == golden);
}

TEST_CASE("A message that is cut, or too long, is none")
{
  for (const auto& message : all()) {
    const auto packet = encode(message);
    for (std::size_t size = 0; size < packet.size(); ++size)
      REQUIRE_FALSE(parseMessage(std::span{packet}.first(size)));
    auto longer = packet;
    longer.push_back({});
    REQUIRE_FALSE(parseMessage(longer));
  }
}

TEST_CASE("A process that was built for another version is told so in words")
{
  auto packet = encode(Hello{"", card()});
  packet[13] = std::byte{2};
  const auto refused = parseMessage(packet);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().kind == ErrorKind::unsupported);
  CHECK(refused.error().detail.find("another version") != std::string::npos);
}

TEST_CASE("A card that cannot be is refused, each time with a sentence")
{
  const auto wrong = [](auto change) {
    auto bad = card();
    change(bad);
    const auto checked = check(bad);
    const bool isParsed = parseMessage(encode(Hello{"", bad})).has_value();
    return !checked && !checked.error().detail.empty() && !isParsed;
  };
  CHECK(check(card()));
  CHECK(wrong([](Card& c) { c.name = ""; }));
  CHECK(wrong([](Card& c) { c.name = "two\nlines"; }));
  CHECK(wrong([](Card& c) { c.description = "\xff"; }));
  CHECK(wrong([](Card& c) { c.inputs = c.outputs = {}; }));
  CHECK(wrong([](Card& c) { c.inputs.front().channels = 0; }));
  CHECK(wrong([](Card& c) { c.inputs.front().channels = 9; }));
  CHECK(wrong([](Card& c) { c.outputs[1].name = "out"; }));
  CHECK(wrong([](Card& c) { c.rate = 1; }));
  CHECK(wrong([](Card& c) { c.block = 8; }));
  CHECK(wrong([](Card& c) { c.block = 4096; }));
  CHECK(wrong([](Card& c) { c.inputs.assign(17, {"x", 1}); }));
}

TEST_CASE("A welcome to memory that cannot be is none")
{
  const auto wrong = [](auto change) {
    Welcome welcome{48'000, LaneShape::of(2, 2, 64), Micros{1'000'000}};
    change(welcome);
    return !parseMessage(encode(welcome));
  };
  CHECK(wrong([](Welcome& w) { w.rate = 0; }));
  CHECK(wrong([](Welcome& w) { w.shape.block = 0; }));
  CHECK(wrong([](Welcome& w) { w.shape.slots = 0; }));
  CHECK(wrong([](Welcome& w) { w.shape.slots = 0xffff'ffff; }));
  CHECK(wrong([](Welcome& w) { w.shape.inputs = 0x8000'0000; }));
  CHECK(wrong([](Welcome& w) { w.shape.inputs = w.shape.outputs = 0; }));
  CHECK(wrong([](Welcome& w) { w.lease = {}; }));
}

TEST_CASE("A reason from anywhere becomes one plain line of bounded length")
{
  CHECK(reasonFrom("Good night.") == "Good night.");
  CHECK(reasonFrom("two\nlines\x1b[31m\xff!") == "two lines [31m !");
  CHECK(reasonFrom(std::string(1000, 'x')).size() == kLongestReason);
  CHECK(reasonFrom("äöü", 5) == "äö");
  const auto back = parseMessage(encode(Leave{"a\nb"}));
  REQUIRE(back);
  CHECK(*back == Message{Leave{"a b"}});
}

TEST_CASE("Random bytes are never more than a message")
{
  test::Dice dice{3};
  for (int i = 0; i < 20'000; ++i) {
    auto packet = encode(all()[static_cast<std::size_t>(dice.whole(0, 5))]);
    const auto at = static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(packet.size()) - 1));
    packet[at] = static_cast<std::byte>(dice.whole(0, 255));
    if (const auto parsed = parseMessage(packet)) REQUIRE(parseMessage(encode(*parsed)).value() == *parsed);
  }
}
