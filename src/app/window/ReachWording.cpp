#include <QCoreApplication>

#include "Wording.hpp"

namespace tutti::app::wording {
namespace {

using State = serve::Reach::State;
using Why = serve::Reach::Why;

/// Gives the sentences their context for translators.
struct Reaching {
  Q_DECLARE_TR_FUNCTIONS(Reaching)
};

QString untested(const serve::Reach& reach)
{
  if (reach.testProblem.empty())
    return Reaching::tr("Your router lets friends elsewhere in. Nobody has tried it yet.");
  return Reaching::tr("Your router lets friends elsewhere in. Nobody could try it: %1")
    .arg(QString::fromStdString(reach.testProblem));
}

QString closed(Why why)
{
  switch (why) {
  case Why::noRouter:
    return Reaching::tr("Only people here can join: this network leads nowhere.");
  case Why::silent:
    return Reaching::tr("Only people on this network can join: your router does not open ports by itself.");
  case Why::denied:
    return Reaching::tr(
      "Only people on this network can join: your router is set up not to open ports for programs.");
  case Why::full:
    return Reaching::tr("Only people on this network can join: your router has no port left.");
  case Why::noLine:
    return Reaching::tr("Only people on this network can join: your router is not on the Internet now.");
  case Why::behindAnother:
    return Reaching::tr("Only people on this network can join: your router is behind another one, often your "
                        "provider's.");
  case Why::blocked:
    return Reaching::tr("Only people on this network can join: nothing comes through from outside.");
  case Why::none:
  case Why::unfit:
    break;
  }
  return Reaching::tr("Only people on this network can join: what your router offers is of no use here.");
}

} // namespace

QString reach(const serve::Reach& reach)
{
  switch (reach.state) {
  case State::asking:
    return Reaching::tr("Asking your router to let friends elsewhere in…");
  case State::open:
    return Reaching::tr("Friends anywhere can join with this invitation.");
  case State::untested:
    return untested(reach);
  case State::closed:
    break;
  }
  return closed(reach.why);
}

QString cure(const serve::Reach& reach)
{
  const auto computer = reach.own ? QString::fromStdString(reach.own->text()) : Reaching::tr("this computer");
  switch (reach.why) {
  case Why::noRouter:
    return Reaching::tr("Connect this computer to the Internet to invite friends elsewhere.");
  case Why::noLine:
    return Reaching::tr("Look at your router: is its line to the provider up? Tutti asks again by itself.");
  case Why::behindAnother:
    return Reaching::tr(
             "Forward TCP port %1 and UDP port %2 in both routers, in yours to %3. Where the other one "
             "is your provider's, let the room be hosted by somebody else, or by “tutti serve” on a "
             "server.")
      .arg(reach.tcp)
      .arg(reach.udp)
      .arg(computer);
  case Why::blocked:
    return Reaching::tr(
             "Let TCP port %1 and UDP port %2 through the firewall of this computer and of your router. "
             "If they are open, it is the provider: let the room be hosted by somebody else, or by "
             "“tutti serve” on a server.")
      .arg(reach.tcp)
      .arg(reach.udp);
  default:
    return Reaching::tr(
             "In your router's settings, allow UPnP or PCP, or forward TCP port %1 and UDP port %2 to %3. "
             "Or let the room be hosted by somebody else, or by “tutti serve” on a server.")
      .arg(reach.tcp)
      .arg(reach.udp)
      .arg(computer);
  }
}

} // namespace tutti::app::wording
