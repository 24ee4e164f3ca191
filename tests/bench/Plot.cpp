#include "Plot.hpp"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>

namespace tutti::bench {
namespace {

constexpr double kWidth = 640;
constexpr double kHeight = 400;
constexpr double kLeft = 80;
constexpr double kBottom = 340;
constexpr double kTop = 50;
constexpr double kRight = 610;
constexpr int kTicks = 4;

struct Scale {
  double most = 1;
  double from = 0;
  double to = 0;
  [[nodiscard]] double at(double value) const { return from + (to - from) * value / most; }
};

std::string text(double x, double y, const char* anchor, const std::string& words)
{
  return fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" text-anchor=\"{}\">{}</text>\n", x, y, anchor, words);
}

std::string grid(const Scale& across, const Scale& up)
{
  std::string svg;
  for (int tick = 0; tick <= kTicks; ++tick) {
    const double share = static_cast<double>(tick) / kTicks;
    const auto y = up.at(up.most * share);
    svg += fmt::format("<line x1=\"{}\" x2=\"{}\" y1=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"#ddd\"/>\n", kLeft,
                       kRight, y, y);
    svg += text(kLeft - 8, y + 4, "end", fmt::format("{:.4g}", up.most * share));
    svg += text(across.at(across.most * share), kBottom + 20, "middle",
                fmt::format("{:.4g}", across.most * share));
  }
  return svg;
}

} // namespace

void plot(const std::string& name, const std::string& title, const std::string& across, const std::string& up,
          const std::vector<std::pair<double, double>>& points)
{
  Scale x{1, kLeft, kRight};
  Scale y{1, kBottom, kTop};
  for (const auto& [a, b] : points) {
    x.most = std::max(x.most, a);
    y.most = std::max(y.most, b);
  }
  std::string curve;
  for (const auto& [a, b] : points) curve += fmt::format("{:.1f},{:.1f} ", x.at(a), y.at(b));

  const std::filesystem::path folder{"build/plots"};
  std::filesystem::create_directories(folder);
  const auto file = folder / (name + ".svg");
  std::ofstream{file}
    << fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {} {}\" "
                   "font-family=\"sans-serif\" font-size=\"12\">\n"
                   "<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n",
                   kWidth, kHeight)
    << grid(x, y)
    << fmt::format("<polyline points=\"{}\" fill=\"none\" stroke=\"#c2571a\" stroke-width=\"2\"/>\n", curve)
    << text(kWidth / 2, 26, "middle", title) << text(kWidth / 2, kHeight - 14, "middle", across)
    << text(kLeft - 60, kTop - 14, "start", up) << "</svg>\n";
  std::fprintf(stderr, "%s\n", file.c_str());
}

} // namespace tutti::bench
