#include "HostingViewModel.hpp"

#include <Catch.hpp>

#include "PreparedReaches.hpp"

using namespace tutti;
using app::HostingViewModel;
using app::Wishes;

namespace {

constexpr std::string_view kWhys[]{"no-router", "silent", "denied",         "full",
                                   "no-line",   "unfit",  "behind-another", "blocked"};

struct Panel {
  Wishes wishes;
  HostingViewModel hosting{wishes};
};

} // namespace

SCENARIO("Nothing is said about rooms of others")
{
  Panel panel;
  CHECK(panel.hosting.state() == HostingViewModel::Elsewhere);
  CHECK(panel.hosting.text().isEmpty());
  panel.hosting.show(prepared::reachNamed("open"));
  panel.hosting.show(std::nullopt);
  CHECK(panel.hosting.state() == HostingViewModel::Elsewhere);
  CHECK(panel.hosting.text().isEmpty());
}

SCENARIO("An open room is good news, with nothing to do")
{
  Panel panel;
  for (const auto* name : {"open", "untested"}) {
    panel.hosting.show(prepared::reachNamed(name));
    CHECK(panel.hosting.state() == HostingViewModel::Open);
    CHECK_FALSE(panel.hosting.text().isEmpty());
    CHECK(panel.hosting.cure().isEmpty());
  }
  CHECK(panel.hosting.text().contains("does not answer")); // why nobody could try
}

SCENARIO("Each reason why it is closed reads otherwise, and has a cure")
{
  Panel panel;
  QStringList said;
  for (const auto name : kWhys) {
    panel.hosting.show(prepared::reachNamed(name));
    CHECK(panel.hosting.state() == HostingViewModel::Closed);
    CHECK_FALSE(panel.hosting.cure().isEmpty());
    CHECK_FALSE(said.contains(panel.hosting.text()));
    said << panel.hosting.text();
  }
}

SCENARIO("Where ports are to be opened by hand, they are told, and for whom")
{
  Panel panel;
  for (const auto* name : {"silent", "denied", "full", "unfit", "behind-another"}) {
    panel.hosting.show(prepared::reachNamed(name));
    CHECK(panel.hosting.cure().contains("7885"));
    CHECK(panel.hosting.cure().contains("192.168.178.120"));
  }
}

SCENARIO("The same again is no news")
{
  Panel panel;
  int told = 0;
  QObject::connect(&panel.hosting, &HostingViewModel::reachChanged, [&] { ++told; });
  panel.hosting.show(prepared::reachNamed("denied"));
  panel.hosting.show(prepared::reachNamed("denied"));
  CHECK(told == 1);
}

SCENARIO("A server that tries it is wished for once, and can be taken away")
{
  Panel panel;
  std::vector<std::optional<room::ServerAddress>> wanted;
  QObject::connect(&panel.wishes, &Wishes::knownServerWanted,
                   [&](const auto& server) { wanted.push_back(server); });
  panel.hosting.useServer("  studio.example:7000 ");
  panel.hosting.useServer("studio.example:7000");
  CHECK(panel.hosting.knownServer() == "studio.example:7000");
  REQUIRE(wanted.size() == 1);
  CHECK(wanted[0]->port == 7000);
  CHECK_FALSE(HostingViewModel::complaintAboutServer("https://studio.example").isEmpty());
  panel.hosting.useServer("https://studio.example");
  CHECK(wanted.size() == 1);
  CHECK(HostingViewModel::complaintAboutServer("").isEmpty());
  panel.hosting.useServer("");
  REQUIRE(wanted.size() == 2);
  CHECK_FALSE(wanted[1]);
}
