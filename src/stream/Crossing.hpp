#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include <tutti/rt/Latest.hpp>
#include <tutti/rt/SpscRing.hpp>
#include <tutti/stream/Chunk.hpp>
#include <tutti/stream/Playout.hpp>

#include "Shelf.hpp"

namespace tutti::stream {

/// What the media thread knows of the stream's time.
struct Guidance {
  std::int64_t frame = 0; // of the sender …
  double micros = 0;      // … usually arrives at this moment
  double microsPerFrame = 1;
  double wait = 0;         // µs after that
  std::uint32_t leaps = 0; // counts the times that the delay is to change at once
  bool isValid = false;

  int beats = 0; // of the session from instrument to ear; none: `wait` holds
  std::int64_t capturedFrame = 0;
  double capturedMicros = 0; // when that one was at the instrument, by our clock
  double capturedPerFrame = 1;
  double after = 0; // µs from our device asking until the ear, the resampler included
};

/// What the audio thread tells back.
struct Rendered {
  std::uint64_t played = 0;
  std::uint64_t late = 0;
  std::uint64_t concealed = 0;
  std::uint64_t gaps = 0;
  std::uint64_t leaps = 0;
  double playout = 0;    // µs, measured
  double blockAhead = 0; // µs that the device asks in advance, at most
  double ownMicrosPerFrame = 1;
  double brokenAt = -1e18; // µs; when our device last lost frames
  double heldUpAt = -1e18; // µs; when our device last came for its block long after its time
  bool isPlaying = false;
};

/// All that crosses between the media and the audio thread.
struct Playout::Crossing {
  static constexpr std::size_t kChunks = 512; // 0.7 s at 48 kHz, 0.17 s at 192 kHz between two blocks

  rt::SpscRing<Chunk> chunks{kChunks}; // media to audio
  rt::Latest<Guidance> guidance;       // media to audio
  rt::Latest<Rendered> rendered;       // audio to media
  rt::Latest<time::TempoTrack> tempo;  // media to audio

  std::unique_ptr<Shelf> longShelf;                 // media's, once a delay was wished in beats …
  std::atomic<Shelf*> longShelfToPlayFrom{nullptr}; // … and for audio from then on
};

} // namespace tutti::stream
