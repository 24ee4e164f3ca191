// What comes to a module's line from a network: calls, answers, pieces of sound, addresses.
#include <cmath>
#include <span>
#include <string>

#include <tutti/module/BlockPieces.hpp>
#include <tutti/module/Handshake.hpp>
#include <tutti/module/NetworkPassage.hpp>
#include <tutti/module/SealedLine.hpp>

#include "ByteScript.hpp"
#include "Require.hpp"

using namespace tutti;
using namespace tutti::module;
using fuzz::require;

namespace {

const std::string kToken = "0123456789abcdef";

void join(std::span<const std::uint8_t> data)
{
  BlockJoiner joiner{600};
  for (const auto& step : fuzz::splitSteps(data)) {
    ByteString piece(kPieceHead);
    for (std::size_t i = 0; i < kPieceHead && i < step.decisions.size(); ++i)
      piece[i] = std::byte{step.decisions[i]};
    const bool isLast = piece[4] == std::byte{2};
    if (step.kind % 2 == 0)
      piece.resize(kPieceHead + (isLast ? kMomentSize + 2400 - 2 * kLargestPiece : kLargestPiece));
    const auto block = joiner.add(piece);
    if (!block) continue;
    require(block->samples.size() == 600);
    require(block->moment.tempo.bpm() >= 20 && block->moment.tempo.bpm() <= 999);
  }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  const std::span raw{data, size};
  const auto bytes = std::as_bytes(raw);
  if (const auto caller = readCall(bytes, kToken)) require(encodeCall(kToken, *caller).size() == size);
  readAnswer(bytes, kToken, {});
  LineOpener opener{{}};
  ByteString copy{bytes.begin(), bytes.end()};
  opener.open(copy, {});
  if (const auto address = NetworkAddress::parse({reinterpret_cast<const char*>(data), size}))
    require(NetworkAddress::parse(address->text()) == address);
  join(raw);
  return 0;
}
