#include <Catch.hpp>

#include <tutti/module/Approvals.hpp>

using namespace tutti;
using namespace tutti::module;
using patch::ProcessDescription;

TEST_CASE("What was approved is approved under any name, and nothing else is")
{
  Approvals approvals;
  approvals.add({"tone", "/usr/bin/tone", {"440"}});
  CHECK(approvals.has({"tone", "/usr/bin/tone", {"440"}}));
  CHECK(approvals.has({"other name", "/usr/bin/tone", {"440"}}));
  CHECK_FALSE(approvals.has({"tone", "/usr/bin/tone", {"441"}}));
  CHECK_FALSE(approvals.has({"tone", "/usr/bin/tone", {}}));
  CHECK_FALSE(approvals.has({"tone", "/usr/bin/tone", {"440", ""}}));
  CHECK_FALSE(approvals.has({"tone", "/usr/bin/ton", {"e440"}}));
  CHECK_FALSE(approvals.has({"tone", "/usr/bin/tone440", {}}));
  approvals.remove({"tone", "/usr/bin/tone", {"440"}});
  CHECK_FALSE(approvals.has({"tone", "/usr/bin/tone", {"440"}}));
}

TEST_CASE("Approvals come back as they were written, without what is none")
{
  Approvals approvals;
  approvals.add({"a", "a", {}});
  approvals.add({"b", "b", {"x"}});
  CHECK(Approvals::parse(approvals.encode()) == approvals);
  CHECK(Approvals::parse("  nonsense " + approvals.encode() + " ../../etc AAAA ") == approvals);
  CHECK(Approvals::parse("") == Approvals{});
}
