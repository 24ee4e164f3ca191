#include <tutti/patch/ParameterReader.hpp>

#include <Catch.hpp>
#include <cmath>
#include <limits>

using namespace tutti;
using namespace tutti::patch;

namespace {

Parameters with(std::string name, std::string text)
{
  Parameters parameters;
  parameters.add(std::move(name), std::move(text), {.line = 12, .column = 9});
  return parameters;
}

std::string refusalOf(const Parameters& parameters, void (*read)(ParameterReader&))
{
  ParameterReader reader{parameters};
  read(reader);
  const auto verdict = reader.verdict();
  return verdict ? "" : verdict.error().detail;
}

} // namespace

TEST_CASE("What is not there is its fallback")
{
  const Parameters none;
  ParameterReader reader{none};
  CHECK(reader.number("gain", {}, 3.5) == 3.5);
  CHECK(reader.whole("first", {1, 64}, 7) == 7);
  CHECK(reader.yesOrNo("muted", true));
  CHECK(reader.text("file", "none") == "none");
  CHECK(reader.choice("sounds", {"a", "b"}, 1) == 1);
  CHECK(reader.verdict());
}

TEST_CASE("Numbers come back as they were")
{
  for (const double value :
       {0.0, -0.0, 0.1, -3.0103, 1e-300, 24.0, -std::numeric_limits<double>::infinity()}) {
    Parameters parameters;
    parameters.add("value", value);
    ParameterReader reader{parameters};
    const double read = reader.number("value", {}, 1);
    CHECK(reader.verdict());
    CHECK(read == value);
    CHECK(std::signbit(read) == std::signbit(value));
  }
}

TEST_CASE("What is wrong is told with its place, in words")
{
  const auto gain = [](ParameterReader& reader) { reader.number("gain", {-60, 24}, 0); };
  CHECK(refusalOf(with("gain", "loud"), gain) == "line 12, column 9: the gain 'loud' is not a number");
  CHECK(refusalOf(with("gain", "30"), gain) == "line 12, column 9: the gain '30' is not between -60 and 24");
  CHECK(refusalOf(with("gain", "nan"), gain) == "line 12, column 9: the gain 'nan' is not a number");
  CHECK(refusalOf(with("gain", "1e999"), gain) == "line 12, column 9: the gain '1e999' is not a number");
  CHECK(refusalOf(with("gain", "3 dB"), gain) == "line 12, column 9: the gain '3 dB' is not a number");
  CHECK(refusalOf(with("first", "1.5"), [](ParameterReader& reader) { reader.whole("first", {1, 9}, 1); }) ==
        "line 12, column 9: the first '1.5' is not a whole number");
  CHECK(refusalOf(with("muted", "yes"), [](ParameterReader& reader) { reader.yesOrNo("muted", false); }) ==
        "line 12, column 9: the muted 'yes' is none of false, true");
}

TEST_CASE("A parameter that nobody asks for is a slip of the pen")
{
  CHECK(refusalOf(with("gian", "3"), [](ParameterReader& reader) {
          reader.number("gain", {}, 0);
          reader.number("pan", {}, 0);
        }) == "line 12, column 9: the 'gian' is not known here; there are gain, pan");
}

TEST_CASE("The first thing wrong is the one that is told")
{
  Parameters parameters;
  parameters.add("gain", "loud", {1, 1});
  parameters.add("pan", "far", {2, 1});
  CHECK(refusalOf(parameters, [](ParameterReader& reader) {
          reader.number("gain", {}, 0);
          reader.number("pan", {}, 0);
        }) == "line 1, column 1: the gain 'loud' is not a number");
}

TEST_CASE("A text of a stranger is quoted short, and without control codes")
{
  const auto told = refusalOf(with("gain", std::string(100, 'x') + "\x1b[31m"),
                              [](ParameterReader& reader) { reader.number("gain", {}, 0); });
  CHECK(told.find("'" + std::string(32, 'x') + "…'") != std::string::npos);
  CHECK(refusalOf(with("gain", "\x1b[31m\xff"), [](ParameterReader& reader) {
          reader.number("gain", {}, 0);
        }) == "line 12, column 9: the gain '?[31m?' is not a number");
}
