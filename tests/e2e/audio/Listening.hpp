#pragma once

#include "Ear.hpp"
#include "JackServer.hpp"

#include <Catch.hpp>
#include <chrono>
#include <vector>

namespace tutti::test {

/// Blocks heard while so many came.
inline std::vector<Ear::Heard> listen(Ear& ear, std::uint64_t blocks)
{
  ear.takeAll();
  const auto enough = ear.blocks() + blocks;
  REQUIRE(eventually([&] { return ear.blocks() >= enough; }, std::chrono::seconds{20}));
  return ear.takeAll();
}

/// Whether what was played came back so many frames later, to the sample.
inline bool comesBack(const std::vector<Ear::Heard>& heard, std::int64_t delay)
{
  return delay > 0 && Ear::countWith(heard, delay) >= heard.size() * 99 / 100;
}

/// Whether it holds of what is heard in a moment in which the machine runs.
///
/// A machine that others use as well stands still now and then, and a sound server on it then breaks the
/// chain of samples. A device that breaks it does so in each of these moments.
template <class Holds> bool inAQuietMoment(Ear& ear, Holds&& holds)
{
  constexpr int kMoments = 30;
  constexpr std::uint64_t kBlocks = 150;
  for (int moment = 0; moment < kMoments; ++moment)
    if (holds(listen(ear, kBlocks))) return true;
  return false;
}

inline bool comesBackInAQuietMoment(Ear& ear, std::int64_t delay)
{
  return inAQuietMoment(ear, [&](const auto& heard) { return comesBack(heard, delay); });
}

} // namespace tutti::test
