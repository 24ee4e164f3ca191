#include <tutti/patch/Catalogue.hpp>

#include <Catch.hpp>

using namespace tutti::patch;

namespace {

std::vector<std::string> namesOf(std::string_view text)
{
  static const std::vector<CatalogueEntry> entries{
    {"mix-strip", "Strip", "gain, pan and levels of a pair of channels"},
    {"device-input", "Input", "two channels of the sound device"},
    {"device-output", "Output", "two channels of the sound device"},
    {"metronome", "Metronome", "clicks on the shared beat"},
  };
  std::vector<std::string> names;
  for (const auto& entry : search(entries, text)) names.push_back(entry.name);
  return names;
}

using Names = std::vector<std::string>;

} // namespace

TEST_CASE("Without a word everything is found")
{
  CHECK(namesOf("") == Names{"Strip", "Input", "Output", "Metronome"});
  CHECK(namesOf("  ").size() == 4);
}

TEST_CASE("What begins with the word comes first, then what has it in it")
{
  CHECK(namesOf("IN").front() == "Input");
  CHECK(namesOf("put") == Names{"Input", "Output"});
  CHECK(namesOf("beat") == Names{"Metronome"});
}

TEST_CASE("Each word has to be there")
{
  CHECK(namesOf("sound out") == Names{"Output"});
  CHECK(namesOf("sound click").empty());
}
