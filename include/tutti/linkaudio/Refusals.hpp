#pragma once

#include <cstdint>

namespace tutti::linkaudio {

/// Datagrams, or parts of them, that were not acted upon, by reason. Spec: link-audio 3.1, 11.
struct Refusals {
  std::uint64_t notLinkAudio = 0;        ///< No magic, or too short.
  std::uint64_t tooLong = 0;             ///< More than 1200 bytes.
  std::uint64_t wrongVersionOrGroup = 0; ///< Of the future, perhaps.
  std::uint64_t unknownType = 0;
  std::uint64_t ownEcho = 0;
  std::uint64_t offLink = 0;         ///< From outside the gateway's subnet.
  std::uint64_t malformed = 0;       ///< What is in it does not fit together, or is out of range.
  std::uint64_t stranger = 0;        ///< In nobody's name, or in a peer's but not from where it speaks.
  std::uint64_t tooManyChannels = 0; ///< Of one peer; each that was left out.
  std::uint64_t foreignChannel = 0;  ///< Announced by another peer already.
  std::uint64_t tooManyAsk = 0;      ///< For one of our channels.
  std::uint64_t unknownChannel = 0;  ///< Asked for, but not ours.
  std::uint64_t tooManyPings = 0;    ///< Over the answers that one source may ask for.
  std::uint64_t unaskedPong = 0;
  std::uint64_t unaskedAudio = 0;   ///< Sound that nobody here wants.
  std::uint64_t duplicateAudio = 0; ///< Sound that was here already.

  [[nodiscard]] std::uint64_t total() const
  {
    return notLinkAudio + tooLong + wrongVersionOrGroup + unknownType + offLink + malformed + stranger +
           tooManyChannels + foreignChannel + tooManyAsk + unknownChannel + tooManyPings + unaskedPong +
           unaskedAudio + duplicateAudio;
  }
};

} // namespace tutti::linkaudio
