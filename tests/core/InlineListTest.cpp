#include <Catch.hpp>
#include <tutti/core/InlineList.hpp>

using namespace tutti;

TEST_CASE("A list in place holds what fits, in order, and refuses the rest")
{
  InlineList<int, 3> list;
  CHECK(list.empty());
  CHECK((list.tryAdd(7) && list.tryAdd(8) && list.tryAdd(9)));
  CHECK_FALSE(list.tryAdd(10));
  CHECK(list.size() == 3);
  CHECK(list[1] == 8);
  CHECK(list.back() == 9);
  int sum = 0;
  for (const int item : list) sum += item;
  CHECK(sum == 24);
}

TEST_CASE("Lists in place are equal if what they hold is")
{
  InlineList<int, 3> a, b;
  CHECK(a == b);
  a.tryAdd(1);
  CHECK_FALSE(a == b);
  b.tryAdd(1);
  CHECK(a == b);
}
