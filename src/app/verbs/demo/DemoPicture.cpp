#include "DemoPicture.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace tutti::app {
namespace {

constexpr double kWidth = 720; // pixels, as all that follows
constexpr double kMargin = 24;
constexpr double kRow = 76;
constexpr double kBar = 26;
constexpr double kLegend = 96;

struct Part {
  const char* name;
  const char* colour;
  Micros stream::DelayParts::* length;
};

/// The colours of the window's delay panel.
constexpr std::array<Part, 6> kParts{{{"their device", "#5b9bd5", &stream::DelayParts::deviceIn},
                                      {"packet", "#8e7cc3", &stream::DelayParts::packet},
                                      {"network", "#e69138", &stream::DelayParts::network},
                                      {"safety", "#6aa84f", &stream::DelayParts::playout},
                                      {"resampler", "#c27ba0", &stream::DelayParts::resampler},
                                      {"our device", "#45818e", &stream::DelayParts::deviceOut}}};

double millis(Micros length)
{
  return static_cast<double>(std::max(length, Micros{0}).count()) / 1000;
}

std::string text(double x, double y, int size, const std::string& words)
{
  return fmt::format("<text x=\"{:.0f}\" y=\"{:.0f}\" font-size=\"{}\">{}</text>\n", x, y, size, words);
}

std::string box(double x, double y, double width, double height, const char* colour)
{
  return fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n", x,
                     y, width, height, colour);
}

std::string bar(const DemoEar& ear, double y, double scale)
{
  const auto& delay = ear.heard.delay;
  auto drawn =
    text(kMargin, y, 15,
         fmt::format("{} hears {} after {:.1f} ms", ear.listener, ear.heard.name, millis(delay.total())));
  double x = kMargin;
  for (const auto& part : kParts) {
    const auto width = millis(delay.*part.length) * scale;
    drawn += box(x, y + 10, width, kBar, part.colour);
    x += width;
  }
  return drawn;
}

std::string legend(double y)
{
  std::string drawn;
  for (std::size_t i = 0; i < kParts.size(); ++i) {
    const double x = kMargin + static_cast<double>(i % 3) * 200;
    const double line = y + static_cast<double>(i / 3) * 28;
    drawn += box(x, line - 11, 12, 12, kParts[i].colour) + text(x + 20, line, 13, kParts[i].name);
  }
  return drawn;
}

} // namespace

std::string demoPicture(const std::vector<DemoEar>& ears)
{
  double longest = 1;
  for (const auto& ear : ears) longest = std::max(longest, millis(ear.heard.delay.total()));
  const auto scale = (kWidth - 2 * kMargin) / longest;
  const auto height = 2 * kMargin + kRow * static_cast<double>(ears.size()) + kLegend;
  auto drawn = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{:.0f}\" height=\"{:.0f}\" "
                           "font-family=\"sans-serif\" fill=\"#222\">\n",
                           kWidth, height) +
               box(0, 0, kWidth, height, "#fff");
  double y = 2 * kMargin;
  for (const auto& ear : ears) {
    drawn += bar(ear, y, scale);
    y += kRow;
  }
  return drawn + legend(y + 16) + "</svg>\n";
}

} // namespace tutti::app
