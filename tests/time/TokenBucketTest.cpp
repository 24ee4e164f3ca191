#include <Catch.hpp>
#include <tutti/time/TokenBucket.hpp>

using namespace tutti;
using namespace std::chrono_literals;
using time::TokenBucket;

namespace {

constexpr auto kStart = HostTime{} + 1h;
constexpr TokenBucket::Limits kLimits{.atOnce = 10, .perSecond = 4};

int takenAt(TokenBucket& bucket, HostTime now, int wishes = 1000)
{
  int taken = 0;
  for (int i = 0; i < wishes; ++i) taken += bucket.tryTake(now) ? 1 : 0;
  return taken;
}

} // namespace

TEST_CASE("At once so many pass and no more")
{
  TokenBucket bucket{kLimits, kStart};
  CHECK(takenAt(bucket, kStart) == 10);
  CHECK(takenAt(bucket, kStart) == 0);
}

TEST_CASE("Tokens come back one by one")
{
  TokenBucket bucket{kLimits, kStart};
  takenAt(bucket, kStart);
  CHECK_FALSE(bucket.tryTake(kStart + 249ms));
  CHECK(bucket.tryTake(kStart + 250ms));
  CHECK_FALSE(bucket.tryTake(kStart + 250ms));
  CHECK(takenAt(bucket, kStart + 1250ms) == 4);
}

TEST_CASE("Whoever asks too often loses nothing by asking")
{
  TokenBucket bucket{kLimits, kStart};
  takenAt(bucket, kStart);
  int taken = 0;
  for (auto now = kStart; now < kStart + 10s; now += 1ms) taken += bucket.tryTake(now) ? 1 : 0;
  CHECK(taken >= 39);
  CHECK(taken <= 40);
}

TEST_CASE("However long a rest, no more is saved than passes at once")
{
  TokenBucket bucket{kLimits, kStart};
  takenAt(bucket, kStart);
  CHECK(takenAt(bucket, kStart + 24h) == 10);
}

TEST_CASE("To look takes nothing")
{
  TokenBucket bucket{{.atOnce = 1, .perSecond = 1}, kStart};
  for (int i = 0; i < 5; ++i) CHECK(bucket.hasOne(kStart));
  CHECK(bucket.tryTake(kStart));
  CHECK_FALSE(bucket.hasOne(kStart));
}

TEST_CASE("A moment from before gives nothing")
{
  TokenBucket bucket{kLimits, kStart};
  takenAt(bucket, kStart);
  CHECK_FALSE(bucket.tryTake(kStart - 1h));
}
