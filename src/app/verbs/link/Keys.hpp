#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace tutti::app {

/// What a key of `tutti link` asks for.
enum class Key {
  toggleLink,
  togglePlay,
  slower,
  faster,
  smallerQuantum,
  largerQuantum,
  toggleStartStopSync,
  quit
};

/// Turns what a keyboard or a script types into keys.
///
/// Other characters are ignored; so are the escape sequences that arrow and function keys send, also when
/// they arrive in pieces.
class KeyReader {
public:
  std::vector<Key> read(std::string_view typed);

private:
  enum class Place { between, escaped, inSequence, lastOfSequence };

  std::optional<Key> readOne(char c);

  Place place_ = Place::between;
};

} // namespace tutti::app
