#include "patchbay/PatchWording.hpp"

#include <QCoreApplication>

#include <algorithm>
#include <array>

#include "patchbay/PatchScene.hpp"
#include "window/DecibelScale.hpp"

namespace tutti::app::wording {

namespace {

struct PatchWords {
  Q_DECLARE_TR_FUNCTIONS(PatchWords)
};

struct Kind {
  const char* type;
  const char* words;
};
constexpr std::array kKinds{Kind{"mix-strip", QT_TRANSLATE_NOOP("PatchWords", "Strip")},
                            Kind{"metronome", QT_TRANSLATE_NOOP("PatchWords", "Click")},
                            Kind{"device-input", QT_TRANSLATE_NOOP("PatchWords", "From the device")},
                            Kind{"device-output", QT_TRANSLATE_NOOP("PatchWords", "To the device")},
                            Kind{"from-player", QT_TRANSLATE_NOOP("PatchWords", "Player")},
                            Kind{"to-room", QT_TRANSLATE_NOOP("PatchWords", "To the others")},
                            Kind{"recorder", QT_TRANSLATE_NOOP("PatchWords", "Recorder")},
                            Kind{"from-endpoint", QT_TRANSLATE_NOOP("PatchWords", "From an endpoint")},
                            Kind{"to-endpoint", QT_TRANSLATE_NOOP("PatchWords", "To an endpoint")},
                            Kind{"from-channel", QT_TRANSLATE_NOOP("PatchWords", "From Link Audio")},
                            Kind{"to-channel", QT_TRANSLATE_NOOP("PatchWords", "To Link Audio")},
                            Kind{"tone", QT_TRANSLATE_NOOP("PatchWords", "Tone")},
                            Kind{"tape", QT_TRANSLATE_NOOP("PatchWords", "Tape")}};

/// The port's own name only where the card has more than one.
QString end(const PatchScene& scene, const PortSpot& spot)
{
  const auto* const card = scene.find(spot.socket.module);
  const auto* const port = scene.find(spot);
  if (card == nullptr || port == nullptr) return {};
  if (card->ports(spot.isOutput).size() < 2) return card->name;
  return PatchWords::tr("%1 %2", "a module and its port").arg(card->name, port->name);
}

} // namespace

QString kind(const std::string& type)
{
  const auto* const known = std::ranges::find_if(kKinds, [&](const Kind& kind) { return type == kind.type; });
  if (known != kKinds.end()) return PatchWords::tr(known->words);
  auto words = QString::fromStdString(type).replace(QLatin1Char{'-'}, QLatin1Char{' '});
  if (!words.isEmpty()) words[0] = words[0].toUpper();
  return words;
}

QString sentence(const std::string& reason)
{
  auto text = QString::fromStdString(reason);
  if (text.isEmpty()) return text;
  text[0] = text[0].toUpper();
  if (!text.endsWith(QLatin1Char{'.'})) text += QLatin1Char{'.'};
  return text;
}

/// Some reasons speak of who is missing ("is not in the room"), others of what is in the way ("no room is
/// joined").
QString missing(const std::string& name, const std::string& why)
{
  const auto who = QString::fromStdString(name);
  if (why.empty()) return PatchWords::tr("“%1” is missing.").arg(who);
  auto told = sentence(why);
  const bool isOfThem = why.starts_with("is ") || why.starts_with("has ");
  if (!isOfThem) return PatchWords::tr("“%1” is missing. %2").arg(who, told);
  told[0] = told[0].toLower();
  return PatchWords::tr("“%1” %2", "somebody, and what they are: is not in the room.").arg(who, told);
}

QString gain(double decibels)
{
  return PatchWords::tr("%1\u00a0dB").arg(DecibelScale::text(decibels));
}

QString port(const PatchScene& scene, const PortSpot& spot)
{
  const auto* const card = scene.find(spot.socket.module);
  const auto* const port = scene.find(spot);
  if (card == nullptr || port == nullptr) return {};
  return spot.isOutput ? PatchWords::tr("Output %1 of %2").arg(port->name, card->name)
                       : PatchWords::tr("Input %1 of %2").arg(port->name, card->name);
}

QString cable(const PatchScene& scene, patch::ConnectionId id)
{
  const auto* const cable = scene.find(id);
  if (cable == nullptr) return {};
  return PatchWords::tr("%1 to %2", "a cable")
    .arg(end(scene, {cable->from, true}), end(scene, {cable->to, false}));
}

QString refusal(const PortSpot& from, const PatchThing& to)
{
  const auto* const spot = std::get_if<PortSpot>(&to);
  if (spot == nullptr) return PatchWords::tr("A cable needs a port at its other end.");
  if (spot->isOutput != from.isOutput) return {};
  if (*spot == from) return {};
  return from.isOutput
           ? PatchWords::tr("Both are outputs. A cable goes from an output, on the right of a card, to an "
                            "input, on the left.")
           : PatchWords::tr("Both are inputs. A cable goes from an output, on the right of a card, to an "
                            "input, on the left.");
}

} // namespace tutti::app::wording
