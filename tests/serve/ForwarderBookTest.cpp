#include <Catch.hpp>

#include <tutti/serve/ForwarderBook.hpp>

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;

namespace {

constexpr HostTime kStart = HostTime{} + 1h;
constexpr std::uint64_t kOwn = 5;

ForwarderFact fact(std::uint64_t id, std::uint64_t count, std::uint16_t port = 7885)
{
  return {{count, id}, id, {IpAddress::v4({192, 0, 2, 1})}, port};
}

ForwarderBook bookOf(HostTime now)
{
  ForwarderBook book;
  book.setOwn({kOwn, {IpAddress::v4({192, 0, 2, 5})}, 7885});
  book.renewOwn({1, kOwn}, now);
  return book;
}

std::vector<std::uint64_t> idsAround(const ForwarderBook& book, std::uint64_t carrier)
{
  std::vector<std::uint64_t> ids;
  for (const auto& forwarder : book.around(carrier)) ids.push_back(forwarder.id);
  return ids;
}

} // namespace

TEST_CASE("Who is the only directory knows no forwarder, and sends nobody to one")
{
  const ForwarderBook book;
  CHECK(book.size() == 0);
  CHECK(book.around(1).empty());
  CHECK_FALSE(book.own().has_value());
}

TEST_CASE("A forwarder is there for six seconds after it was heard, our own for ever")
{
  auto book = bookOf(kStart);
  CHECK(book.hear(fact(2, 1), kStart));
  CHECK_FALSE(book.expire(kStart + 5999ms));
  CHECK(book.expire(kStart + 6s));
  CHECK(book.ids() == std::vector{kOwn});
  CHECK_FALSE(book.expire(kStart + 1h));
}

TEST_CASE("Ours says that it is there before a third of its lease is over twice")
{
  auto book = bookOf(kStart);
  CHECK_FALSE(book.isOwnDue(kStart + 1999ms));
  CHECK(book.isOwnDue(kStart + 2s));
  book.renewOwn({2, kOwn}, kStart + 2s);
  CHECK_FALSE(book.isOwnDue(kStart + 3s));
}

TEST_CASE("Only a newer word about a forwarder counts, and only another place is news")
{
  auto book = bookOf(kStart);
  CHECK(book.hear(fact(2, 7), kStart));
  CHECK_FALSE(book.hear(fact(2, 8), kStart + 1s));
  CHECK(book.hear(fact(2, 9, 7886), kStart + 2s));
  CHECK_FALSE(book.hear(fact(2, 8), kStart + 5s)); // late: its lease is not longer by it
  CHECK(book.expire(kStart + 8s));
}

TEST_CASE("Nobody else says where our own forwarder is")
{
  auto book = bookOf(kStart);
  CHECK_FALSE(book.hear(fact(kOwn, 99, 1), kStart));
  CHECK(book.own()->port == 7885);
}

TEST_CASE("A word without a time is none of a forwarder that is known")
{
  auto book = bookOf(kStart);
  CHECK(book.hear(fact(2, 1), kStart));
  auto word = fact(2, 0, 7999);
  word.said = {};
  CHECK_FALSE(book.hear(word, kStart));
  CHECK(book.around(2).front().port == 7885);
}

TEST_CASE("Members hear of the forwarder of their room first, and of eight at most")
{
  auto book = bookOf(kStart);
  for (std::uint64_t id = 10; id < 30; ++id) CHECK(book.hear(fact(id, 1), kStart));
  CHECK(idsAround(book, 28) == std::vector<std::uint64_t>{28, 5, 10, 11, 12, 13, 14, 15});
  CHECK(idsAround(book, 99).front() == kOwn); // while none is chosen
}

TEST_CASE("Strangers at the store make no endless list of forwarders")
{
  auto book = bookOf(kStart);
  for (std::uint64_t id = 10; id < 200; ++id) book.hear(fact(id, 1), kStart);
  CHECK(book.size() == 64);
}
