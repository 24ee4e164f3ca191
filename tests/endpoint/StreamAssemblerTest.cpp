#include <Catch.hpp>
#include <Dice.hpp>
#include <algorithm>
#include <map>
#include <vector>

#include <tutti/endpoint/SampleType.hpp>
#include <tutti/endpoint/StreamAssembler.hpp>

using namespace tutti;
using namespace tutti::endpoint;

namespace {

using Bytes = std::vector<std::byte>;

struct Piece {
  std::uint64_t index = 0;
  Bytes bytes;
};

/// What ought to come out, told so simply that it can be seen to be right: a frame is there once all of its
/// bytes have come.
class Model {
public:
  explicit Model(std::size_t frameBytes)
    : frameBytes_{frameBytes}
  {}
  void take(const Piece& piece)
  {
    for (std::size_t i = 0; i < piece.bytes.size(); ++i) bytes_.try_emplace(piece.index + i, piece.bytes[i]);
  }
  [[nodiscard]] std::map<std::int64_t, Bytes> frames() const
  {
    std::map<std::int64_t, Bytes> all;
    for (const auto& [index, byte] : bytes_)
      all[static_cast<std::int64_t>(index / frameBytes_)].push_back(byte);
    std::erase_if(all, [this](const auto& frame) { return frame.second.size() != frameBytes_; });
    return all;
  }

private:
  std::size_t frameBytes_;
  std::map<std::uint64_t, std::byte> bytes_;
};

/// Both, side by side.
struct Pair {
  explicit Pair(std::size_t frame)
    : frameBytes{frame}
    , assembler{frame}
    , model{frame}
  {}
  void take(const Piece& piece)
  {
    model.take(piece);
    std::int64_t last = -1;
    for (const auto& run : assembler.take(piece.index, piece.bytes)) {
      REQUIRE(run.first > last);
      REQUIRE(run.bytes.size() % frameBytes == 0);
      for (std::size_t at = 0; at < run.bytes.size(); at += frameBytes) {
        last = run.first + static_cast<std::int64_t>(at / frameBytes);
        const auto frame = run.bytes.subspan(at, frameBytes);
        REQUIRE(cameOut.try_emplace(last, Bytes{frame.begin(), frame.end()}).second); // once
      }
    }
  }

  std::size_t frameBytes;
  StreamAssembler assembler;
  Model model;
  std::map<std::int64_t, Bytes> cameOut;
};

Bytes anyBytes(test::Dice& dice, std::size_t count)
{
  Bytes bytes(count);
  for (auto& byte : bytes) byte = static_cast<std::byte>(dice.whole(0, 255));
  return bytes;
}

std::vector<Piece> cut(const Bytes& stream, test::Dice& dice, std::size_t longest)
{
  std::vector<Piece> pieces;
  for (std::size_t at = 0; at < stream.size();) {
    const auto count = std::min(stream.size() - at,
                                static_cast<std::size_t>(dice.whole(1, static_cast<std::int64_t>(longest))));
    const auto from = stream.begin() + static_cast<std::ptrdiff_t>(at);
    pieces.push_back({at, {from, from + static_cast<std::ptrdiff_t>(count)}});
    at += count;
  }
  return pieces;
}

template <class Visit> void eachFormat(Visit visit)
{
  for (std::size_t type = 0; type < kSampleTypes; ++type)
    for (const std::size_t channels : {1U, 2U, 3U, 8U})
      visit(channels * bytesOf(static_cast<SampleType>(type)));
}

} // namespace

TEST_CASE("Every type, split at every place into two, three and single bytes, comes out to the bit")
{
  eachFormat([](std::size_t frameBytes) {
    CAPTURE(frameBytes);
    test::Dice dice{frameBytes};
    const auto stream = anyBytes(dice, 4 * frameBytes);
    const auto piece = [&](std::size_t from, std::size_t to) {
      return Piece{from,
                   {stream.begin() + static_cast<std::ptrdiff_t>(from),
                    stream.begin() + static_cast<std::ptrdiff_t>(to)}};
    };
    for (std::size_t a = 1; a < stream.size(); ++a) {
      Pair two{frameBytes};
      two.take(piece(0, a));
      two.take(piece(a, stream.size()));
      REQUIRE(two.cameOut == two.model.frames());
      REQUIRE(two.cameOut.size() == 4);
      const auto b = std::min(a + static_cast<std::size_t>(dice.whole(1, 9)), stream.size() - 1);
      if (b <= a) continue;
      Pair three{frameBytes};
      three.take(piece(a, b));
      three.take(piece(b, stream.size()));
      three.take(piece(0, a));
      REQUIRE(three.cameOut == three.model.frames());
      REQUIRE(three.cameOut.size() == 4);
    }
    Pair single{frameBytes};
    for (std::size_t at = 0; at < stream.size(); ++at) single.take(piece(at, at + 1));
    REQUIRE(single.cameOut == single.model.frames());
    REQUIRE(single.cameOut.size() == 4);
  });
}

TEST_CASE("Lost, late, repeated and overtaken packets leave all other frames as they were, to the bit")
{
  eachFormat([](std::size_t frameBytes) {
    for (std::uint64_t seed = 1; seed <= 4; ++seed) {
      CAPTURE(frameBytes, seed);
      test::Dice dice{seed * 1000 + frameBytes};
      const auto stream = anyBytes(dice, 300 * frameBytes);
      auto pieces = cut(stream, dice, 7 * frameBytes);
      std::erase_if(pieces, [&](const Piece&) { return dice.real(0, 1) < 0.1; });
      const auto sent = pieces.size();
      for (std::size_t i = 0; i < sent / 5; ++i) // some come twice, much later
        pieces.push_back(
          pieces[static_cast<std::size_t>(dice.whole(0, static_cast<std::int64_t>(sent) - 1))]);
      for (std::size_t i = 0; i + 1 < pieces.size(); ++i)
        if (dice.real(0, 1) < 0.3)
          std::swap(
            pieces[i],
            pieces[i + static_cast<std::size_t>(dice.whole(
                         0, std::min<std::int64_t>(9, static_cast<std::int64_t>(pieces.size() - i) - 1)))]);
      Pair pair{frameBytes};
      for (const auto& piece : pieces) pair.take(piece);
      REQUIRE(pair.cameOut == pair.model.frames());
      REQUIRE(pair.cameOut.size() > 100);
      REQUIRE(pair.assembler.counts().lateBytes == 0);
      REQUIRE(pair.assembler.counts().repeatedBytes > 0);
      REQUIRE(pair.assembler.counts().frames == pair.cameOut.size());
    }
  });
}

TEST_CASE("Pieces that overlap and contradict each other: the first bytes count")
{
  test::Dice dice{5};
  Pair pair{6};
  for (int round = 0; round < 3000; ++round)
    pair.take({static_cast<std::uint64_t>(dice.whole(0, 600)),
               anyBytes(dice, static_cast<std::size_t>(dice.whole(0, 20)))});
  CHECK(pair.cameOut == pair.model.frames());
}

TEST_CASE("A lost packet costs what it held, and the frames that it cut")
{
  StreamAssembler assembler{4};
  const Bytes packet(10);
  CHECK(assembler.take(0, packet).front().bytes.size() == 8);
  CHECK(assembler.take(20, packet).size() == 1); // bytes 10 to 19 are lost: frames 2, 3, 4
  CHECK(assembler.counts().frames == 2 + 2);     // 0, 1; 5, 6
}

TEST_CASE("What is older than the window is counted and forgotten; a leap ahead costs no memory")
{
  StreamAssembler assembler{2};
  const Bytes frame(2);
  CHECK(assembler.take(0, frame).size() == 1);
  constexpr auto kFar = std::uint64_t{StreamAssembler::kWindow} * 2 * 1'000'000;
  CHECK(assembler.take(kFar, frame).front().first == StreamAssembler::kWindow * 1'000'000);
  CHECK(assembler.take(0, frame).empty());
  CHECK(assembler.counts().lateBytes == 2);
}
