#include "Glide.hpp"

#include <Catch.hpp>
#include <algorithm>
#include <vector>

using namespace tutti;
using namespace tutti::patch;

namespace {

constexpr auto k48 = audio::SampleRate::fromHertz(48'000);

std::vector<float> gainsOf(Glide& glide, std::size_t frames, float target, audio::SampleRate rate = k48)
{
  std::vector<float> all(frames);
  glide.along(frames, target, Pace{}.at(rate), [&](std::size_t from, std::span<const float> gains) {
    std::copy(gains.begin(), gains.end(), all.data() + from);
  });
  return all;
}

} // namespace

TEST_CASE("A gain arrives, and then stands still")
{
  Glide glide{0.25F};
  CHECK(glide.isAt(0.25F));
  gainsOf(glide, 2048, 1);
  CHECK(glide.isAt(1));
  CHECK(gainsOf(glide, 64, 1) == std::vector<float>(64, 1.0F));
}

TEST_CASE("A gain arrives wherever it goes, at every rate")
{
  for (const int hertz : {44'100, 192'000})
    for (float target = 15.8F; target > 0.001F; target *= 0.77F) {
      Glide glide{0};
      gainsOf(glide, static_cast<std::size_t>(hertz / 20), target, audio::SampleRate::fromHertz(hertz));
      CAPTURE(hertz, target);
      CHECK(glide.isAt(target)); // within 50 ms
    }
}

TEST_CASE("Neither the gain nor its slope leaps, wherever it is turned round")
{
  Glide glide{0};
  std::vector<float> all(2, 0.0F);
  for (const float target : {1.0F, 0.0F, 1.0F, -1.0F, 0.5F}) {
    const auto gains = gainsOf(glide, 100, target);
    all.insert(all.end(), gains.begin(), gains.end());
  }
  for (std::size_t i = 2; i < all.size(); ++i) {
    CHECK(std::abs(all[i] - all[i - 1]) < 0.01F);
    CHECK(std::abs(all[i] - 2 * all[i - 1] + all[i - 2]) < 0.0003F);
  }
}

TEST_CASE("One that comes and one that leaves add up to the same all the way")
{
  Glide comes{0};
  Glide leaves{1};
  const auto up = gainsOf(comes, 2048, 1);
  const auto down = gainsOf(leaves, 2048, 0);
  for (std::size_t i = 0; i < up.size(); ++i) CHECK(up[i] + down[i] == Approx(1).margin(1e-6));
}

TEST_CASE("At every rate a gain takes the same time")
{
  for (const int hertz : {44'100, 48'000, 96'000, 192'000}) {
    Glide glide{0};
    const auto gains =
      gainsOf(glide, static_cast<std::size_t>(hertz / 100), 1, audio::SampleRate::fromHertz(hertz));
    CAPTURE(hertz);
    CHECK(gains.back() == Approx(0.908).margin(0.002)); // after 10 ms: four time constants
  }
}

TEST_CASE("Blocks of any length make the same glide")
{
  Glide whole{0};
  Glide pieces{0};
  const auto expected = gainsOf(whole, 300, 1);
  std::vector<float> got;
  for (const std::size_t frames : {1U, 63U, 64U, 65U, 107U}) {
    const auto gains = gainsOf(pieces, frames, 1);
    got.insert(got.end(), gains.begin(), gains.end());
  }
  CHECK(got == expected);
}
