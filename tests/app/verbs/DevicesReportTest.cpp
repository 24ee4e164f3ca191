#include "verbs/devices/DevicesReport.hpp"

#include <nlohmann/json.hpp>
#include <sstream>

#include <Catch.hpp>

namespace tutti::app {
namespace {

using audio::Backend;
using audio::DeviceDescription;
using audio::SampleRate;

constexpr auto k44 = SampleRate::fromHertz(44'100);
constexpr auto k48 = SampleRate::fromHertz(48'000);

DeviceDescription server()
{
  return {.backend = Backend::jack,
          .name = "stage",
          .title = "JACK server stage",
          .inputs = 2,
          .outputs = 18,
          .rate = k48,
          .rates = {k48},
          .frames = 64,
          .isUsual = false};
}

DeviceDescription card()
{
  return {.backend = Backend::portAudio,
          .name = "ALSA: b\xff",
          .title = "ALSA: b\xff",
          .inputs = 0,
          .outputs = 2,
          .rate = k44,
          .rates = {k44, k48},
          .frames = {},
          .isUsual = true};
}

DeviceDescription clock()
{
  return {.backend = Backend::paced,
          .name = {},
          .title = "a steady clock",
          .inputs = 2,
          .outputs = 2,
          .rate = k48,
          .rates = {k48},
          .frames = {},
          .isUsual = true};
}

} // namespace

TEST_CASE("People read the devices by who brings the sound, in columns")
{
  CHECK(describe({server(), server(), card(), clock()}) ==
        "jack\n"
        "  JACK server stage   2 in 18 out   48000 Hz   64 frames\n"
        "  JACK server stage   2 in 18 out   48000 Hz   64 frames\n"
        "portaudio\n"
        "  ALSA: b\xff            0 in  2 out   44100 48000 Hz   usual\n"
        "paced\n"
        "  a steady clock      2 in  2 out   48000 Hz\n");
}

TEST_CASE("Where there is no sound device people read so first")
{
  CHECK(describe({clock()}).starts_with("There is no sound device: no JACK server is running"));
  CHECK(describe({card(), clock()}).find("There is no sound device") == std::string::npos);
}

TEST_CASE("Scripts read one object a device")
{
  std::istringstream lines{encodeJsonLines({server(), card(), clock()})};
  std::vector<nlohmann::json> objects;
  for (std::string line; std::getline(lines, line);) objects.push_back(nlohmann::json::parse(line));
  REQUIRE(objects.size() == 3);
  CHECK(objects[0] == nlohmann::json{{"backend", "jack"},
                                     {"name", "stage"},
                                     {"title", "JACK server stage"},
                                     {"inputs", 2},
                                     {"outputs", 18},
                                     {"rate", 48'000},
                                     {"rates", {48'000}},
                                     {"frames", 64},
                                     {"usual", false}});
  CHECK(objects[1]["name"] == "ALSA: b\xef\xbf\xbd"); // whatever a card is called, it is proper text
  CHECK(objects[1]["rates"] == nlohmann::json{44'100, 48'000});
  CHECK(objects[1]["frames"].is_null());
  CHECK(objects[1]["usual"] == true);
  CHECK(objects[2]["backend"] == "paced");
}

} // namespace tutti::app
