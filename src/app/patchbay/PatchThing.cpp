#include "PatchThing.hpp"

#include <QStringList>

namespace tutti::app {

namespace {

struct Naming {
  QString operator()(std::monostate) const { return {}; }
  QString operator()(patch::ModuleId id) const { return QStringLiteral("card:%1").arg(id.number); }
  QString operator()(const PortSpot& spot) const
  {
    return QStringLiteral("%1:%2:%3")
      .arg(spot.isOutput ? QStringLiteral("out") : QStringLiteral("in"))
      .arg(spot.socket.module.number)
      .arg(spot.socket.port);
  }
  QString operator()(patch::ConnectionId id) const { return QStringLiteral("cable:%1").arg(id.number); }
  QString operator()(patch::GroupId id) const { return QStringLiteral("group:%1").arg(id.number); }
};

} // namespace

QString placeOf(const PatchThing& thing)
{
  return std::visit(Naming{}, thing);
}

PatchThing thingAt(const QString& place)
{
  const auto words = place.split(QLatin1Char{':'});
  const auto number = words.value(1).toUInt();
  const bool isPort = words[0] == QLatin1String{"in"} || words[0] == QLatin1String{"out"};
  if (words[0] == QLatin1String{"card"}) return patch::ModuleId{number};
  if (words[0] == QLatin1String{"cable"}) return patch::ConnectionId{number};
  if (words[0] == QLatin1String{"group"}) return patch::GroupId{number};
  if (isPort) return PortSpot{{{number}, words.value(2).toUInt()}, words[0] == QLatin1String{"out"}};
  return {};
}

} // namespace tutti::app
