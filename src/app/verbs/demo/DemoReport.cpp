#include "DemoReport.hpp"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "verbs/jam/JamReport.hpp"

namespace tutti::app {
namespace {

using Json = nlohmann::ordered_json;

double millis(Micros duration)
{
  return static_cast<double>(duration.count()) / 1000;
}

double percent(double share)
{
  return share * 100;
}

} // namespace

std::string beatJson(HostTime at, const DemoBeat& beat)
{
  return Json{{"event", "beat"},
              {"t", microsOf(at)},
              {"musician", beat.musician},
              {"tempo", std::round(beat.bpm * 1000) / 1000},
              {"peers", beat.peers}}
    .dump();
}

std::string earJson(HostTime at, const DemoEar& ear)
{
  auto told = Json::parse(playerJson(at, ear.heard));
  told["listener"] = ear.listener;
  return told.dump();
}

std::string doneJson(HostTime at, const std::string& recording, const std::string& picture)
{
  return Json{{"event", "done"}, {"t", microsOf(at)}, {"recording", recording}, {"picture", picture}}.dump();
}

std::string secondText(const std::vector<DemoBeat>& beats, const std::vector<DemoEar>& ears)
{
  std::string text;
  for (const auto& beat : beats) text += fmt::format("{} {:.1f} bpm  |  ", beat.musician, beat.bpm);
  for (std::size_t i = 0; i < ears.size(); ++i)
    text += fmt::format("{}{} hears {} after {:.1f} ms", i == 0 ? "" : "  |  ", ears[i].listener,
                        ears[i].heard.name, millis(ears[i].heard.delay.total()));
  return text;
}

std::string beatText(const DemoBeat& beat)
{
  return fmt::format("{} plays at {:.1f} bpm with {} other in the Link session", beat.musician, beat.bpm,
                     beat.peers);
}

std::string earText(const DemoEar& ear)
{
  const auto& delay = ear.heard.delay;
  return fmt::format(
    "{} hears {} after {:.1f} ms: their device {:.1f}, packet {:.1f}, network {:.1f}, safety "
    "{:.1f}, resampler {:.1f}, our device {:.1f}\n"
    "  {:.1f} % lost, {:.1f} % late, {:.1f} % concealed",
    ear.listener, ear.heard.name, millis(delay.total()), millis(delay.deviceIn), millis(delay.packet),
    millis(delay.network), millis(delay.playout), millis(delay.resampler), millis(delay.deviceOut),
    percent(ear.heard.lostShare), percent(ear.heard.lateShare), percent(ear.heard.concealedShare));
}

} // namespace tutti::app
