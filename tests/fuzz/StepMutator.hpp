#pragma once

#include <random>

#include "ByteScript.hpp"

extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t maxSize);

/// Mutates stories by whole steps, so that the fuzzer does not spend its time on torn ones.
namespace tutti::fuzz {

class StepMutator {
public:
  StepMutator(std::uint8_t kinds, unsigned seed)
    : kinds_{kinds}
    , random_{seed}
  {}

  void mutate(Steps& steps)
  {
    if (steps.empty()) return insertFresh(steps);
    switch (random_() % 8) {
    case 0:
      return insertFresh(steps);
    case 1:
      steps.erase(at(steps));
      return;
    case 2:
      return repeat(steps);
    case 3:
      std::iter_swap(at(steps), at(steps));
      return;
    case 4:
      at(steps)->kind = kind();
      return;
    default:
      return mutateDecisions(at(steps)->decisions);
    }
  }

  Steps cross(const Steps& beginning, const Steps& end)
  {
    Steps crossed{beginning.begin(), beginning.begin() + cut(beginning)};
    crossed.insert(crossed.end(), end.begin() + cut(end), end.end());
    return crossed;
  }

private:
  std::uint8_t kind() { return static_cast<std::uint8_t>(random_() % kinds_); }
  Steps::iterator at(Steps& steps)
  {
    return steps.begin() + static_cast<std::ptrdiff_t>(random_() % steps.size());
  }
  std::ptrdiff_t cut(const Steps& steps)
  {
    return static_cast<std::ptrdiff_t>(random_() % (steps.size() + 1));
  }

  void insertFresh(Steps& steps)
  {
    Step fresh{kind(), std::vector<std::uint8_t>(random_() % 12)};
    for (auto& decision : fresh.decisions) decision = static_cast<std::uint8_t>(random_());
    steps.insert(steps.begin() + cut(steps), std::move(fresh));
  }

  void repeat(Steps& steps)
  {
    const Steps copies(1 + random_() % 4, *at(steps));
    steps.insert(steps.begin() + cut(steps), copies.begin(), copies.end());
  }

  static void mutateDecisions(std::vector<std::uint8_t>& decisions)
  {
    const auto size = decisions.size();
    decisions.resize(255);
    decisions.resize(LLVMFuzzerMutate(decisions.data(), size, decisions.size()));
  }

  std::uint8_t kinds_;
  std::minstd_rand random_;
};

} // namespace tutti::fuzz
