// Prints how loud it is, twice a second, and where in the music that was: a module with an input only.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <tutti/module/ModuleSocket.hpp>

using tutti::module::ModuleSocket;
using tutti::module::Turn;

int main()
{
  auto socket = ModuleSocket::connect(
    {.name = "Level printer", .description = "Prints the peak of what comes in.", .inputs = {{"in", 2}}});
  if (!socket) {
    std::fprintf(stderr, "%s\n", socket.error().detail.c_str());
    return 1;
  }
  float peak = 0;
  std::size_t heard = 0;
  const auto over = socket->play([&](Turn& turn) {
    for (const auto& channel : turn.inputs)
      for (const float sample : channel) peak = std::max(peak, std::abs(sample));
    heard += turn.frames;
    if (heard < turn.rate / 2) return;
    const auto decibels = 20 * std::log10(std::max(static_cast<double>(peak), 1e-6));
    std::printf("beat %.2f  %.1f bpm  peak %.1f dBFS\n", turn.moment.beat.toDouble(), turn.moment.tempo.bpm(),
                decibels);
    std::fflush(stdout);
    peak = 0;
    heard = 0;
  });
  std::fprintf(stderr, "%s\n", over.detail.c_str());
}
