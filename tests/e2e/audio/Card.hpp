#pragma once

#include <cstdlib>
#include <fstream>
#include <string>
#include <unistd.h>

namespace tutti::test {

/// The sound card of `alsa/Card.cpp`, to be plugged in and pulled out. Its files live in our own /dev/shm.
class Card {
public:
  static constexpr const char* kName = "ALSA: tutticard";

  struct Rates {
    int lowest = 48'000;
    int highest = 48'000;
  };

  Card() { plugIn({}); }
  explicit Card(Rates rates) { plugIn(rates); }
  ~Card() { pullOut(); }
  Card(const Card&) = delete;
  Card& operator=(const Card&) = delete;

  void plugIn() const { plugIn({}); }
  void plugIn(Rates rates) const
  {
    std::ofstream{std::string{kPlug} + ".new"} << rates.lowest << ' ' << rates.highest;
    std::rename((std::string{kPlug} + ".new").c_str(), kPlug);
  }
  void pullOut() const { unlink(kPlug); }

  static constexpr const char* kPlug = "/dev/shm/tutticard.plug";
};

/// ALSA reads which devices there are from a file; this one has our card only.
inline void describeCard()
{
  constexpr const char* kFile = "/dev/shm/asound.conf";
  std::ofstream{kFile} << "</usr/share/alsa/alsa.conf>\n"
                       << "pcm_type.tutticard { lib \"" TUTTI_TEST_CARD "\" }\n"
                       << "pcm.tutticard { type tutticard plug \"" << Card::kPlug << "\" }\n";
  setenv("ALSA_CONFIG_PATH", kFile, 1);
}

} // namespace tutti::test
