#include "Keys.hpp"

namespace tutti::app {
namespace {

std::optional<Key> keyOf(char c)
{
  switch (c) {
  case 'a':
    return Key::toggleLink;
  case ' ':
    return Key::togglePlay;
  case 'w':
    return Key::slower;
  case 'e':
    return Key::faster;
  case 'r':
    return Key::smallerQuantum;
  case 't':
    return Key::largerQuantum;
  case 's':
    return Key::toggleStartStopSync;
  case 'q':
    return Key::quit;
  default:
    return std::nullopt;
  }
}

constexpr char kEscape = '\x1b';

} // namespace

std::vector<Key> KeyReader::read(std::string_view typed)
{
  std::vector<Key> keys;
  for (const char c : typed)
    if (const auto key = readOne(c)) keys.push_back(*key);
  return keys;
}

std::optional<Key> KeyReader::readOne(char c)
{
  switch (place_) {
  case Place::between:
    if (c != kEscape) return keyOf(c);
    place_ = Place::escaped;
    return std::nullopt;
  case Place::escaped: // ECMA-48: ESC [ parameters final, or ESC O letter; else Alt and a character
    if (c == kEscape) return std::nullopt;
    place_ = c == '[' ? Place::inSequence : c == 'O' ? Place::lastOfSequence : Place::between;
    return std::nullopt;
  case Place::inSequence:
    if (c >= 0x40 && c <= 0x7e) place_ = Place::between;
    return std::nullopt;
  case Place::lastOfSequence:
    place_ = Place::between;
    return std::nullopt;
  }
  return std::nullopt;
}

} // namespace tutti::app
