#include <tutti/engine/PatchPicture.hpp>

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <map>

#include <tutti/patch/Patch.hpp>
#include <tutti/patch/Tidying.hpp>
#include <tutti/patch/Workshop.hpp>

namespace tutti::engine {
namespace {

using patch::CardSize;
using patch::ModuleId;
using patch::Position;

constexpr double kWidth = 240;
constexpr double kHeight = 150;
constexpr double kMargin = 8;
constexpr std::array<const char*, 8> kColours{"#7f9cb5", "#d08770", "#a3be8c", "#b48ead",
                                              "#e0b050", "#5fb3b3", "#bf616a", "#8f8f8f"};

struct Card {
  Position corner;
  int height = 0;
  std::uint32_t colour = 0;
};
using Cards = std::map<ModuleId, Card>;

/// Where each lies, or would if somebody had tidied up.
Cards cardsOf(const patch::Snapshot& snapshot)
{
  patch::Patch patch;
  Cards cards;
  if (!patch.load(snapshot, patch::Workshop{})) return cards;
  const auto places = patch::placesForNew(patch);
  for (const auto& module : snapshot.modules) {
    const auto place = places.find(module.id);
    const auto corner = module.looks.position.value_or(place == places.end() ? Position{} : place->second);
    cards[module.id] = {corner, CardSize::height(module), module.looks.colour.value_or(0)};
  }
  return cards;
}

/// From the canvas to the picture.
class Frame {
public:
  explicit Frame(const Cards& cards)
  {
    int left = Position::kFarthest, top = Position::kFarthest;
    int right = -Position::kFarthest, bottom = -Position::kFarthest;
    for (const auto& [id, card] : cards) {
      left = std::min(left, card.corner.x);
      top = std::min(top, card.corner.y);
      right = std::max(right, card.corner.x + CardSize::kWidth);
      bottom = std::max(bottom, card.corner.y + card.height);
    }
    scale_ = std::min({(kWidth - 2 * kMargin) / std::max(right - left, 1),
                       (kHeight - 2 * kMargin) / std::max(bottom - top, 1), 0.25});
    x_ = (kWidth - scale_ * (left + right)) / 2;
    y_ = (kHeight - scale_ * (top + bottom)) / 2;
  }
  [[nodiscard]] double x(int x) const { return x_ + scale_ * x; }
  [[nodiscard]] double y(int y) const { return y_ + scale_ * y; }
  [[nodiscard]] double length(int length) const { return scale_ * length; }

private:
  double scale_ = 1;
  double x_ = 0;
  double y_ = 0;
};

std::string cable(const Frame& frame, const Card& from, const Card& to)
{
  const double x1 = frame.x(from.corner.x + CardSize::kWidth);
  const double y1 = frame.y(from.corner.y + from.height / 2);
  const double x2 = frame.x(to.corner.x);
  const double y2 = frame.y(to.corner.y + to.height / 2);
  const double bend = frame.length(CardSize::kStride) / 3;
  return fmt::format("<path d=\"M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} {:.1f}\"/>", x1, y1,
                     x1 + bend, y1, x2 - bend, y2, x2, y2);
}

std::string box(const Frame& frame, const Card& card)
{
  return fmt::format(
    "<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" rx=\"1.5\" fill=\"{}\"/>",
    frame.x(card.corner.x), frame.y(card.corner.y), frame.length(CardSize::kWidth), frame.length(card.height),
    kColours[card.colour % kColours.size()]);
}

} // namespace

std::string patchPicture(const patch::Snapshot& snapshot)
{
  const auto cards = cardsOf(snapshot);
  const Frame frame{cards};
  auto svg = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" "
                         "height=\"{1}\"><g fill=\"none\" stroke=\"#8f8f8f\" stroke-width=\"1\">",
                         kWidth, kHeight);
  for (const auto& connection : snapshot.connections) {
    const auto from = cards.find(connection.from.module);
    const auto to = cards.find(connection.to.module);
    if (from != cards.end() && to != cards.end()) svg += cable(frame, from->second, to->second);
  }
  svg += "</g>";
  for (const auto& [id, card] : cards) svg += box(frame, card);
  return svg + "</svg>\n";
}

} // namespace tutti::engine
