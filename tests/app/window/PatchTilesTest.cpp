#include "patchbay/PatchTiles.hpp"

#include <chrono>

#include <Catch.hpp>

#include "patchbay/LoudnessStep.hpp"
#include "patchbay/PatchCamera.hpp"

using namespace tutti::app;
using namespace std::chrono_literals;

namespace {

constexpr int kSide = PatchTiles::kSide;

/// Counts how much was painted.
struct Wall {
  std::vector<QRectF> painted;
  PatchTiles tiles{[this](QPainter& painter, const QRectF& area) {
    painted.push_back(area);
    painter.fillRect(area, Qt::red);
  }};
};

} // namespace

TEST_CASE("What was painted is only moved")
{
  Wall wall;
  CHECK(wall.tiles.prepare({0, 0, kSide, kSide}, 1h));
  CHECK(wall.painted.size() == 1);
  CHECK(wall.tiles.prepare({40, 40, kSide / 2, kSide / 2}, 1h));
  CHECK(wall.painted.size() == 1);
  CHECK(wall.tiles.prepare({-10, 0, kSide, kSide}, 1h));
  CHECK(wall.painted.size() == 2);
}

TEST_CASE("A change is painted anew, and only it")
{
  Wall wall;
  wall.tiles.prepare({0, 0, 2 * kSide, kSide}, 1h);
  wall.painted.clear();
  wall.tiles.touch({10, 10, 20, 20});
  CHECK_FALSE(wall.tiles.isWhole({0, 0, kSide, kSide}));
  CHECK(wall.tiles.isWhole({kSide, 0, kSide, kSide}));
  wall.tiles.prepare({0, 0, 2 * kSide, kSide}, 1h);
  REQUIRE(wall.painted.size() == 1);
  CHECK(wall.painted[0].contains(QRectF{10, 10, 20, 20}));
  CHECK(wall.painted[0].width() < 30);
}

TEST_CASE("What does not fit into a frame comes with the next ones, the middle first")
{
  Wall wall;
  const QRect view{0, 0, 3 * kSide, 3 * kSide};
  CHECK_FALSE(wall.tiles.prepare(view, 0us));
  REQUIRE(wall.painted.size() == 1);
  CHECK(wall.painted[0].contains(view.center()));
  for (int frame = 1; frame < 8; ++frame) CHECK_FALSE(wall.tiles.prepare(view, 0us));
  CHECK(wall.tiles.prepare(view, 0us));
  CHECK(wall.painted.size() == 9);
}

TEST_CASE("At another zoom everything is painted anew")
{
  Wall wall;
  wall.tiles.prepare({0, 0, kSide, kSide}, 1h);
  wall.tiles.reset(2);
  wall.tiles.prepare({0, 0, kSide, kSide}, 1h);
  REQUIRE(wall.painted.size() == 2);
  CHECK(wall.painted[1].width() == Approx(kSide / 2.0));
}

TEST_CASE("What is under the pointer stays there while it is zoomed")
{
  PatchCamera camera;
  camera.setView({800, 600}, 2);
  const QPointF pointer{300, 200};
  const auto beneath = camera.toCanvas(pointer);
  for (const double factor : {1.2, 1.2, 0.5, 3.0, 0.9}) {
    camera.zoomAbout(factor, pointer);
    CHECK(std::abs(camera.toCanvas(pointer).x() - beneath.x()) < 1 / camera.zoom());
    CHECK(std::abs(camera.toCanvas(pointer).y() - beneath.y()) < 1 / camera.zoom());
  }
  camera.zoomAbout(1e6, pointer);
  CHECK(camera.zoom() == PatchCamera::kLargest);
  camera.zoomAbout(1e-6, pointer);
  CHECK(camera.zoom() == PatchCamera::kSmallest);
}

TEST_CASE("All of it is seen when it is fitted, and never larger than it is")
{
  PatchCamera camera;
  camera.setView({800, 600}, 1);
  for (const QRectF& area : {QRectF{-500, -300, 3000, 200}, QRectF{0, 0, 10, 10}, QRectF{0, 0, 900, 2000}}) {
    camera.fit(area, 32);
    CHECK(camera.area().adjusted(-1, -1, 1, 1).contains(area));
    CHECK(camera.zoom() <= 1);
  }
}

TEST_CASE("All of it is seen between the bars above and below")
{
  constexpr double kAbove = 56;
  constexpr double kBelow = 64;
  for (const QSizeF& view : {QSizeF{640, 257}, QSizeF{1280, 576}}) {
    PatchCamera camera;
    camera.setView(view, 2);
    for (const QRectF& area : {QRectF{-500, -300, 1900, 200}, QRectF{0, 0, 10, 10}, QRectF{0, 0, 900, 600}}) {
      camera.fit(area, 32, kAbove, kBelow);
      CHECK(camera.toView(area.topLeft()).y() >= kAbove - 1);
      CHECK(camera.toView(area.bottomRight()).y() <= view.height() - kBelow + 1);
      CHECK(camera.isFitted());
    }
  }
}

TEST_CASE("Bars that leave too little are not heeded")
{
  PatchCamera camera;
  camera.setView({640, 200}, 1);
  camera.fit({0, 0, 400, 400}, 32, 60, 120);
  const auto covered = camera.zoom();
  camera.fit({0, 0, 400, 400}, 32);
  CHECK(camera.zoom() == covered);
}

TEST_CASE("What the keyboard reaches is brought into view, and what is in view stays where it is")
{
  PatchCamera camera;
  camera.setView({800, 600}, 1);
  CHECK_FALSE(camera.reveal({200, 200, 100, 100}, 32));
  CHECK(camera.reveal({2000, 1000, 100, 100}, 32));
  CHECK(camera.area().contains(QRectF{2000, 1000, 100, 100}));
}

TEST_CASE("A cable looks louder at once, and softer only when it is so for good")
{
  LoudnessStep loudness;
  CHECK(loudness.hear(-10));
  const auto loud = loudness.width();
  for (int tick = 0; tick < 30; ++tick) {
    CHECK_FALSE(loudness.hear(-50));
    CHECK_FALSE(loudness.hear(-10));
  }
  int ticks = 0;
  while (!loudness.hear(-50)) REQUIRE(++ticks < 100);
  CHECK(loudness.width() < loud);
}
