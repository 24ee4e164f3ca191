// A tone as a module of a Tutti that runs on this machine: start it, and it is in the patch.
//
//   toneModule            440 Hz
//   toneModule 220        or any other
//   toneModule 220 Organ  under another name
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <numbers>
#include <tutti/module/ModuleSocket.hpp>

using tutti::module::ModuleSocket;
using tutti::module::Turn;

int main(int count, char** arguments)
{
  const double hertz = count > 1 ? std::atof(arguments[1]) : 440;
  auto socket = ModuleSocket::connect({.name = count > 2 ? arguments[2] : "Tone",
                                       .description = "A sine, as an example.",
                                       .inputs = {},
                                       .outputs = {{"out", 2}}});
  if (!socket) {
    std::fprintf(stderr, "%s\n", socket.error().detail.c_str());
    return 1;
  }
  double cycles = 0;
  const auto over = socket->play([&](Turn& turn) {
    for (std::size_t i = 0; i < turn.frames; ++i) {
      cycles += hertz / turn.rate;
      cycles -= std::floor(cycles);
      const auto sample = 0.25F * static_cast<float>(std::sin(2 * std::numbers::pi * cycles));
      for (const auto& channel : turn.outputs) channel[i] = sample;
    }
  });
  std::fprintf(stderr, "%s\n", over.detail.c_str());
}
