#include <Catch.hpp>
#include <vector>

#include <tutti/jam/Tone.hpp>

#include "EndpointPatch.hpp"

using namespace tutti;
using namespace tutti::engine;

namespace {

const auto kRate = audio::SampleRate::fromHertz(48'000);

std::shared_ptr<endpoint::Reception> reception()
{
  return std::make_shared<endpoint::Reception>(endpoint::AudioFormat{.channels = 1}, kRate);
}

} // namespace

TEST_CASE("More streams than the patch has places for are refused, and find one when others have left")
{
  EndpointPatch patch;
  std::vector<std::shared_ptr<endpoint::Reception>> all;
  std::set<EndpointPatch::Stream> streams;
  for (int i = 0; i < 300; ++i) {
    all.push_back(reception());
    if (patch.hear(all.back(), "Stream")) streams.insert(all.back().get());
  }
  CHECK(streams.size() == patch::Snapshot::kMostModules - 1); // one is the output
  CHECK_FALSE(patch.has(all.back().get()));
  streams.erase(all.front().get());
  patch.keep(streams);
  CHECK_FALSE(patch.has(all.front().get()));
  CHECK(patch.hear(all.back(), "Stream"));
  patch.tend();
}

TEST_CASE("One source feeds several streams, and leaves with the last of them")
{
  EndpointPatch patch;
  const auto source = std::make_shared<jam::Tone>(jam::Tone::Kind::sine);
  const auto first = std::make_shared<endpoint::SoundDoor>(kRate, 2);
  const auto second = std::make_shared<endpoint::SoundDoor>(kRate, 1);
  REQUIRE(patch.feed(first, 2, source, "First"));
  REQUIRE(patch.feed(second, 1, source, "Second"));
  patch.tend();
  std::vector<float> left(64), right(64);
  const std::vector<std::span<float>> outs{left, right};
  const std::vector<std::span<const float>> ins{};
  for (int block = 0; block < 100; ++block)
    patch.processor().process(
      {.inputs = ins, .outputs = outs, .frames = 64, .rate = kRate, .first = SampleTime{block * 64}});
  for (const auto& door : {first, second}) {
    float loudest = 0;
    while (const auto piece = door->tryTake())
      for (const float sample : piece->channels.front()) loudest = std::max(loudest, sample);
    CHECK(loudest > 0.2F);
  }
  patch.keep({second.get()});
  CHECK(source.use_count() > 1);
  patch.keep({});
  for (int block = 100; source.use_count() > 1 && block < 1000; ++block) {
    patch.tend();
    patch.processor().process(
      {.inputs = ins, .outputs = outs, .frames = 64, .rate = kRate, .first = SampleTime{block * 64}});
  }
  CHECK(source.use_count() == 1);
}
