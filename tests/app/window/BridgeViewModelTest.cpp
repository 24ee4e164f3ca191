#include "BridgeViewModel.hpp"

#include <chrono>

#include <Catch.hpp>

#include "PreparedBridges.hpp"
#include "PreparedJams.hpp"

using namespace std::chrono_literals;
using namespace tutti;
using app::BridgeViewModel;
using app::SitesViewModel;

namespace {

constexpr HostTime kStart = hostTime(1'000'000'000);

struct Panel {
  explicit Panel(std::string_view jam = "mixer-1") { bridge.show(prepared::jamNamed(jam, now).room); }

  void show(std::string_view name) { bridge.show(prepared::bridgeNamed(name, now), now); }
  std::string site(int row, int role)
  {
    return bridge.sites()->data(bridge.sites()->index(row), role).toString().toStdString();
  }
  [[nodiscard]] std::string advice() const { return bridge.advice().toStdString(); }

  HostTime now = kStart;
  app::Wishes wishes;
  BridgeViewModel bridge{wishes, [this] { return now; }};
};

} // namespace

SCENARIO("Only in a room with others there is something to bridge")
{
  Panel lobby{"lobby"};
  lobby.show("off");
  CHECK(lobby.bridge.state() == BridgeViewModel::NoRoom);
  Panel echo{"test-alone"};
  echo.show("off");
  CHECK(echo.bridge.state() == BridgeViewModel::Echo);
  Panel room;
  room.show("off");
  CHECK(room.bridge.state() == BridgeViewModel::Off);
  room.show("one-site");
  CHECK(room.bridge.state() == BridgeViewModel::OneSite);
  CHECK(room.bridge.verdict().isEmpty());
  CHECK(room.bridge.advice().isEmpty());
  room.show("good");
  CHECK(room.bridge.state() == BridgeViewModel::Bridged);
  Panel lost{"lost"};
  lost.show("good");
  CHECK(lost.bridge.state() == BridgeViewModel::Bridged);
}

SCENARIO("What is good is told with its likely error and what is proven, and needs no advice")
{
  Panel panel;
  panel.show("good");
  CHECK(panel.bridge.verdict().toStdString().starts_with("Tight: within "));
  CHECK_FALSE(panel.bridge.isPoor());
  CHECK(panel.bridge.detail() == "±\u00a0140\u00a0µs likely. Proven to ±\u00a022\u00a0ms");
  CHECK(panel.advice().empty());
  CHECK(panel.bridge.hasPoints());
  CHECK(panel.bridge.points().size() == 120);
}

SCENARIO("What is poor comes with what to do about it, the worst first")
{
  Panel panel;
  panel.show("poor");
  CHECK(panel.bridge.verdict().toStdString().starts_with("Poor: off by "));
  CHECK(panel.bridge.isPoor());
  CHECK(panel.advice().starts_with("Packets from Lisbon come unsteadily."));
  panel.show("relay");
  CHECK(panel.bridge.verdict().toStdString().starts_with("Tight: "));
  CHECK(panel.advice().starts_with("There is no direct way to Porto"));
  panel.show("out-of-reach");
  CHECK(panel.advice().starts_with("Porto is out of reach."));
}

SCENARIO("Each site is told in words")
{
  Panel panel;
  panel.show("relay");
  REQUIRE(panel.bridge.sites()->count() == 2);
  CHECK(panel.site(0, SitesViewModel::nameRole) == "Lisbon");
  CHECK(panel.site(0, SitesViewModel::wayRole) == "Direct, over the Internet, 40\u00a0ms there and back");
  CHECK(panel.site(0, SitesViewModel::clockRole) ==
        "Its beat: +40\u00a0µs ±\u00a0110\u00a0µs. Proven to ±\u00a020\u00a0ms");
  CHECK(panel.site(0, SitesViewModel::remarkRole) == "Everybody follows its clock");
  CHECK(panel.site(1, SitesViewModel::wayRole) == "Through the room's server, 72\u00a0ms there and back");
  CHECK(panel.site(1, SitesViewModel::remarkRole).empty());
  panel.show("out-of-reach");
  CHECK(panel.site(1, SitesViewModel::wayRole) == "Out of reach");
  CHECK(panel.site(1, SitesViewModel::clockRole) == "Comparing clocks…");
  CHECK(panel.site(1, SitesViewModel::remarkRole) == "Not in your session yet");
}

SCENARIO("Figures change in their rows, and only the rows of sites that leave go")
{
  Panel panel;
  panel.show("good");
  int gone = 0;
  int changes = 0;
  QObject::connect(panel.bridge.sites(), &SitesViewModel::rowsRemoved, [&] { ++gone; });
  QObject::connect(panel.bridge.sites(), &SitesViewModel::dataChanged, [&] { ++changes; });
  panel.show("good");
  CHECK(changes == 0);
  panel.show("relay");
  CHECK(changes == 1);
  CHECK(gone == 0);
  const int before = panel.bridge.sites()->count();
  panel.show("one-site");
  CHECK(gone == before);
  CHECK(panel.bridge.sites()->count() == 0);
}

SCENARIO("The switch is shown as it was turned until the engine's word catches up")
{
  Panel panel;
  panel.show("off");
  std::vector<bool> wanted;
  QObject::connect(&panel.wishes, &app::Wishes::bridgeWanted, [&](bool is) { wanted.push_back(is); });
  panel.bridge.toggle();
  CHECK(panel.bridge.isOn());
  CHECK(panel.bridge.state() == BridgeViewModel::OneSite);
  panel.show("off"); // was on its way
  CHECK(panel.bridge.isOn());
  panel.now += 1s;
  panel.show("off");
  CHECK_FALSE(panel.bridge.isOn());
  CHECK(wanted == std::vector<bool>{true});
}

SCENARIO("The same news again draws nothing")
{
  Panel panel;
  panel.show("good");
  int news = 0;
  QObject::connect(&panel.bridge, &BridgeViewModel::changed, [&] { ++news; });
  panel.show("good");
  CHECK(news == 0);
  panel.show("poor");
  CHECK(news == 1);
}

SCENARIO("What happened is news once, and the last of it stays readable")
{
  Panel panel;
  std::vector<std::string> news;
  QObject::connect(&panel.bridge, &BridgeViewModel::happened,
                   [&](const QString& sentence) { news.push_back(sentence.toStdString()); });
  panel.show("one-site");
  panel.show("good");
  panel.show("good");
  CHECK(news == std::vector<std::string>{"They are playing. Press play to join in."});
  CHECK(panel.bridge.lately() ==
        QStringList{"They are playing. Press play to join in.",
                    "Your Link programs have joined Lisbon's session, which is older.",
                    "Lisbon's Link programs are in your session."});
  panel.show("off");
  CHECK(panel.bridge.lately().isEmpty());
  panel.show("good"); // another bridge, whose news begin anew
  CHECK(news.size() == 2);
}

SCENARIO("B-15 what the programs here may change is two wishes in one")
{
  Panel panel;
  panel.show("good");
  CHECK(panel.bridge.mayChangeTempo());
  CHECK(panel.bridge.mayStartAndStop());
  std::vector<bridge::Rights> wanted;
  QObject::connect(&panel.wishes, &app::Wishes::bridgeRightsWanted,
                   [&](bool tempo, bool startStop) { wanted.push_back({tempo, startStop}); });
  panel.bridge.toggleTempo();
  panel.bridge.toggleStartAndStop();
  CHECK_FALSE(panel.bridge.mayChangeTempo());
  CHECK_FALSE(panel.bridge.mayStartAndStop());
  REQUIRE(wanted.size() == 2);
  CHECK(wanted[0] == bridge::Rights{.mayChangeTempo = false, .mayStartAndStop = true});
  CHECK(wanted[1] == bridge::Rights{.mayChangeTempo = false, .mayStartAndStop = false});
}

SCENARIO("Without our own Link peer nothing else needs advice")
{
  Panel panel;
  panel.show("poor");
  panel.bridge.showLink(false);
  CHECK(panel.advice().starts_with("Link is off"));
  CHECK(panel.bridge.verdict().isEmpty());
  panel.bridge.show(prepared::jamNamed("lobby", panel.now).room);
  CHECK(panel.advice().empty());
  panel.bridge.show(prepared::jamNamed("mixer-1", panel.now).room);
  panel.bridge.showLink(true);
  CHECK(panel.advice().starts_with("Packets from Lisbon"));
}
