#include <tutti/bridge/Notice.hpp>

#include <fmt/format.h>

namespace tutti::bridge {
namespace {

std::string culprit(const Notice& notice)
{
  const auto id = notice.peer ? notice.peer->text() : std::string{"?"};
  return notice.address ? fmt::format("{} at {}", id, notice.address->text()) : id;
}

} // namespace

std::string sentence(const Notice& notice, const std::string& name)
{
  using What = Notice::What;
  switch (notice.what) {
  case What::siteJoined:
    return fmt::format("{}'s Link programs are in your session.", name);
  case What::siteLeft:
    return fmt::format("{}'s Link programs have left your session.", name);
  case What::sessionJoined:
    return fmt::format("Your Link programs have joined {}'s session, which is older.", name);
  case What::pressPlay:
    return "They are playing. Press play to join in.";
  case What::clockStepped:
    return fmt::format("The beat moved by {:.1f} ms at once, because the clocks had drifted apart.",
                       static_cast<double>(notice.distance.count()) / 1000);
  case What::tempoRefused:
    return "This site may not change the tempo of the session, so it was put back.";
  case What::startStopRefused:
    return "This site may not start or stop the session, so it was put back.";
  case What::poisonedHere:
    return fmt::format(
      "The Link program {} says what nobody could ever change again. Close it and start it anew.",
      culprit(notice));
  case What::poisonedThere:
    return fmt::format(
      "A Link program at {}'s says what nobody could ever change again. It should be closed and "
      "started anew.",
      name);
  case What::nowLeading:
    return "The other bridge on this network is gone. This one takes over.";
  case What::nowSilent:
    return "Another bridge on this network speaks for the other sites. This one takes over when it is gone.";
  }
  return {};
}

} // namespace tutti::bridge
