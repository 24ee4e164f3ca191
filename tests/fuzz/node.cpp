// The whole peer, told stories by the fuzzer. The witness knows what must never happen.
#include "NodeStory.hpp"
#include "StepMutator.hpp"

using namespace tutti;
using fuzz::NodeStory;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  NodeStory story;
  for (const auto& step : fuzz::splitSteps({data, size})) story.tell(step);
  story.end();
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t maxSize,
                                               unsigned int seed)
{
  auto steps = fuzz::splitSteps({data, size});
  fuzz::StepMutator{NodeStory::kKinds, seed}.mutate(steps);
  return fuzz::joinSteps(steps, {data, maxSize});
}

extern "C" std::size_t LLVMFuzzerCustomCrossOver(const std::uint8_t* a, std::size_t sizeA,
                                                 const std::uint8_t* b, std::size_t sizeB, std::uint8_t* out,
                                                 std::size_t maxSize, unsigned int seed)
{
  const auto crossed = fuzz::StepMutator{NodeStory::kKinds, seed}.cross(fuzz::splitSteps({a, sizeA}),
                                                                        fuzz::splitSteps({b, sizeB}));
  return fuzz::joinSteps(crossed, {out, maxSize});
}
