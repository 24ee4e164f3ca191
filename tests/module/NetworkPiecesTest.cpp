#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include <tutti/module/BlockPieces.hpp>
#include <tutti/module/Handshake.hpp>
#include <tutti/module/NetworkPassage.hpp>
#include <tutti/module/SealedLine.hpp>

using namespace tutti;
using namespace tutti::module;

namespace {

const std::string kToken = "a token that is long enough";
const Nonce kCaller{std::byte{1}}, kHost{std::byte{2}};

Moment momentOf(std::uint32_t number)
{
  return {number, {-7}, time::Beats::fromDouble(-1.5), time::Beats::fromDouble(4), time::Tempo::fromBpm(93),
          true};
}

std::vector<ByteString> piecesOf(std::uint32_t number, const std::vector<float>& samples)
{
  std::vector<ByteString> pieces;
  BlockCutter{}.cut(momentOf(number), samples, [&](std::span<const std::byte> piece) {
    pieces.emplace_back(piece.begin(), piece.end());
  });
  return pieces;
}

std::vector<float> ramp(std::size_t count)
{
  std::vector<float> samples(count);
  for (std::size_t i = 0; i < count; ++i) samples[i] = static_cast<float>(i) - 0.25F;
  return samples;
}

} // namespace

TEST_CASE("A block of any size is the same after cutting and joining, in whatever order its pieces come")
{
  test::Dice dice{1};
  for (const std::size_t count : {0U, 1U, 128U, 291U, 292U, 1000U, 19'000U}) {
    REQUIRE(fitsPieces(count));
    const auto samples = ramp(count);
    BlockJoiner joiner{count};
    for (std::uint32_t number = 1; number < 20; ++number) {
      auto pieces = piecesOf(number, samples);
      for (std::size_t i = pieces.size(); i > 1; --i)
        std::swap(pieces[i - 1],
                  pieces[static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(i) - 1))]);
      for (std::size_t i = 0; i + 1 < pieces.size(); ++i) {
        REQUIRE_FALSE(joiner.add(pieces[i]));
        REQUIRE_FALSE(joiner.add(pieces[i])); // twice
      }
      const auto block = joiner.add(pieces.back());
      REQUIRE(block);
      REQUIRE(block->moment == momentOf(number));
      REQUIRE(std::ranges::equal(block->samples, samples));
      REQUIRE_FALSE(joiner.add(pieces.back()));
    }
  }
}

TEST_CASE("A block with a piece missing is never there, and the ones after it are")
{
  const auto samples = ramp(1000);
  BlockJoiner joiner{1000};
  for (std::uint32_t number = 1; number < 30; ++number) {
    const auto pieces = piecesOf(number, samples);
    bool isThere = false;
    for (std::size_t i = number % 3 == 0 ? 1 : 0; i < pieces.size(); ++i)
      isThere = joiner.add(pieces[i]).has_value() || isThere;
    CHECK(isThere == (number % 3 != 0));
  }
}

TEST_CASE("Pieces of another shape, and nonsense, are none")
{
  test::Dice dice{2};
  BlockJoiner joiner{500};
  for (const auto& piece : piecesOf(1, ramp(501))) CHECK_FALSE(joiner.add(piece));
  const auto good = piecesOf(1, ramp(500));
  for (int i = 0; i < 20'000; ++i) {
    auto piece = good[static_cast<std::size_t>(dice.whole(0, 1))];
    piece[static_cast<std::size_t>(dice.whole(0, 10))] = static_cast<std::byte>(dice.whole(0, 255));
    piece.resize(static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(piece.size()))));
    if (piece.size() < good[1].size()) CHECK_FALSE(joiner.add(piece));
  }
}

TEST_CASE("Only who knows the token can call, and only who knows it can answer")
{
  const auto call = encodeCall(kToken, kCaller);
  CHECK(isCall(call));
  CHECK(readCall(call, kToken) == kCaller);
  CHECK_FALSE(readCall(call, kToken + "!"));
  const auto answer = encodeAnswer(kToken, kCaller, kHost);
  CHECK(answer.size() <= call.size());
  CHECK(readAnswer(answer, kToken, kCaller) == kHost);
  CHECK_FALSE(readAnswer(answer, kToken, kHost));
  CHECK_FALSE(readAnswer(answer, "another token, long enough", kCaller));
  for (std::size_t i = 0; i < call.size(); ++i) {
    auto changed = call;
    changed[i] ^= std::byte{1};
    CHECK_FALSE(readCall(changed, kToken));
    CHECK_FALSE(readCall(std::span{call}.first(i), kToken));
    if (i >= answer.size()) continue;
    auto other = answer;
    other[i] ^= std::byte{1};
    CHECK_FALSE(readAnswer(other, kToken, kCaller));
  }
}

TEST_CASE("Keys depend on the token and on both sides, and differ by direction")
{
  const auto keys = keysOf(kToken, kCaller, kHost);
  CHECK(keys.toModule != keys.toHost);
  CHECK(keysOf(kToken, kCaller, kHost).toHost == keys.toHost);
  CHECK(keysOf(kToken, kHost, kCaller).toHost != keys.toHost);
  CHECK(keysOf(kToken + "!", kCaller, kHost).toHost != keys.toHost);
  CHECK(drawNonce() != drawNonce());
}

TEST_CASE("What is sealed comes out as it went in, once; whoever has other keys gets nothing")
{
  const auto keys = keysOf(kToken, kCaller, kHost);
  LineSealer sealer{keys.toHost};
  LineOpener opener{keys.toHost}, stranger{keys.toModule};
  const ByteString longest(LineSealer::kLargestPayload, std::byte{0x5a}), word(9);
  const auto passes = [&](PacketKind kind, const ByteString& payload) {
    const auto packet = sealer.seal(kind, 7, payload);
    if (!packet || packet->size() > 1472) return false;
    ByteString copy{packet->begin(), packet->end()};
    auto again = copy, other = copy;
    const auto opened = opener.open(copy, {});
    return opened && opened->kind == kind && std::ranges::equal(opened->payload, payload) &&
           !opener.open(again, {}) && !stranger.open(other, {});
  };
  CHECK(passes(PacketKind::words, longest));
  bool isRight = true;
  for (int i = 0; i < 66'000; ++i)
    isRight = isRight && passes(PacketKind::sound, word); // over the end of the numbers
  CHECK(isRight);
  CHECK_FALSE(sealer.seal(PacketKind::words, 0, ByteString(LineSealer::kLargestPayload + 1)));
}

TEST_CASE("An address says where and with what, and nothing else passes for one")
{
  const auto address = NetworkAddress::parse("tutti-module://stage.local:5004#0123456789abcdef");
  REQUIRE(address);
  CHECK(*address == NetworkAddress{"stage.local", 5004, "0123456789abcdef"});
  CHECK(NetworkAddress::parse(address->text()) == address);
  const auto v6 = NetworkAddress::parse("tutti-module://[fe80::1]:1#0123456789abcdef");
  REQUIRE(v6);
  CHECK(v6->host == "fe80::1");
  CHECK(NetworkAddress::parse(v6->text()) == v6);
  for (const auto* wrong : {"", "tutti-module://", "http://a:1#0123456789abcdef", "tutti-module://a:1",
                            "tutti-module://a#0123456789abcdef", "tutti-module://a:0#0123456789abcdef",
                            "tutti-module://a:70000#0123456789abcdef", "tutti-module://:1#0123456789abcdef",
                            "tutti-module://a:1#short", "tutti-module://a b:1#0123456789abcdef",
                            "tutti-module://a:1x#0123456789abcdef"})
    CHECK_FALSE(NetworkAddress::parse(wrong));
}
