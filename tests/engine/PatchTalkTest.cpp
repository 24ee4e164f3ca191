#include <tutti/engine/PatchTalk.hpp>

#include <Catch.hpp>

#include "FlatObject.hpp"

using namespace tutti;
using namespace tutti::engine;
using What = PatchRequest::What;

namespace {

std::string refusalOf(std::string_view line)
{
  const auto request = PatchRequest::parse(line);
  REQUIRE_FALSE(request);
  CHECK(request.error().kind == ErrorKind::malformed);
  return request.error().detail;
}

} // namespace

TEST_CASE("What is asked is understood as it was meant")
{
  for (const auto& request :
       {PatchRequest{}, PatchRequest{.what = What::save},
        PatchRequest{.what = What::load, .yaml = "a: \"1\"\nb: ä\n", .takesTempo = true}}) {
    const auto line = request.encode();
    CAPTURE(line);
    CHECK(line.ends_with('\n'));
    CHECK(line.find('\n') == line.size() - 1);
    CHECK(PatchRequest::parse(line) == request);
  }
}

TEST_CASE("What makes no sense is refused in words")
{
  CHECK(refusalOf("") == "this is no JSON");
  CHECK(refusalOf("save") == "this is no JSON");
  CHECK(refusalOf("\"save\"") == "this is no object");
  CHECK(refusalOf("{}") == "what to do is none of who, save, load");
  CHECK(refusalOf(R"({"do":"start"})") == "what to do is none of who, save, load");
  CHECK(refusalOf(R"({"do":["save"]})") == "something is nested");
  CHECK(refusalOf(R"({"do":"save","do":"load"})") == "an entry is there twice");
  CHECK(refusalOf(R"({"do":"load"})") == "there is no patch to load");
  CHECK(refusalOf(R"({"do":"save"} {})") == "this is no JSON");
  CHECK(refusalOf(R"({"do":"who","since":1.5})") == "a number is not whole");
  CHECK(refusalOf(std::string(100'000, '[')) == "something is nested");
  CHECK(refusalOf(std::string(PatchRequest::kLongest + 1, ' ')) == "this line is too long");
  CHECK(refusalOf("{\"do\":\"\xff\"}") == "this is no JSON");
}

TEST_CASE("What a newer Tutti asks in addition does not disturb")
{
  CHECK(PatchRequest::parse(R"({"do":"save","pretty":true,"depth":3,"for":"me","not":null})") ==
        PatchRequest{.what = What::save});
  std::string crowded = R"({"do":"save")";
  for (std::size_t i = 0; i < FlatObject::kMostEntries; ++i) crowded += ",\"" + std::to_string(i) + "\":1";
  CHECK(refusalOf(crowded + '}') == "there are too many entries");
}

TEST_CASE("An answer is heard as it was said")
{
  const PatchAnswer answer{.problem = "",
                           .face = "jam",
                           .musician = "Ana \"Banana\"",
                           .yaml = "tutti-patch: 2\nmodules: []\n",
                           .missing = {{7, "Ben", "is not in the room"}, {9, "", ""}},
                           .remarks = {"one", "two"}};
  CHECK(PatchAnswer::parse(answer.encode()) == answer);
  const PatchAnswer refusal{.problem = "line 3, column 1: no", .face = "window"};
  CHECK(PatchAnswer::parse(refusal.encode()) == refusal);
}

TEST_CASE("An answer that is cut off, or is something else, is none")
{
  const auto whole = PatchAnswer{.face = "jam", .yaml = "a", .missing = {{1, "x", "y"}}}.encode();
  for (std::size_t length = 0; length < whole.size(); ++length) {
    CAPTURE(length);
    const auto cut = PatchAnswer::parse(whole.substr(0, length));
    const bool isAtLineEnd = length > 0 && whole[length - 1] == '\n';
    CHECK(cut.has_value() == isAtLineEnd);
  }
  CHECK_FALSE(PatchAnswer::parse("{}\n"));
  CHECK_FALSE(PatchAnswer::parse("{\"face\":\"jam\"}\n{}\n"));
  CHECK_FALSE(PatchAnswer::parse("{\"face\":\"jam\"}\n{\"missing\":4294967296}\n"));
}
