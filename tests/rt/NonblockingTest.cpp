// Compiled by Clang with -Wfunction-effects as an error, run with RealtimeSanitizer: a function that waits,
// allocates or frees fails both. refused/ holds the counter-proofs.
#include <Catch.hpp>
#include <tutti/rt/Foreign.hpp>
#include <tutti/rt/Latest.hpp>
#include <tutti/rt/Nonblocking.hpp>
#include <tutti/rt/Signal.hpp>

using namespace tutti;

namespace {

/// What an audio callback may use of this part.
struct Callback {
  rt::Latest<double>& wishes;   // from outside
  rt::Latest<double>& position; // to outside
  rt::Signal& done;

  void operator()() noexcept TUTTI_NONBLOCKING
  {
    const auto wish = wishes.tryReadNew();
    if (wish) heard = *wish;
    position.write(heard + wishes.read());
    at = rt::rawMonotonicMicros();
    done.raise();
  }

  double heard = 0;
  std::int64_t at = 0;
};

} // namespace

TEST_CASE("The ways across the audio boundary neither wait nor allocate")
{
  rt::Latest<double> wishes;
  rt::Latest<double> position;
  rt::Signal done;
  Callback callback{wishes, position, done};
  for (int block = 1; block <= 1000; ++block) {
    wishes.write(block);
    callback();
    done.wait();
    REQUIRE(position.tryReadNew() == 2.0 * block);
  }
  CHECK(callback.at <= rt::rawMonotonicMicros());
}
