#pragma once

#include <cstddef>

#include <tutti/audio/SampleFormat.hpp>
#include <tutti/stream/StreamFormat.hpp>

namespace tutti::stream {

constexpr audio::SampleFormat sampleFormatOf(Codec codec)
{
  switch (codec) {
  case Codec::pcm16:
    return audio::SampleFormat::int16;
  case Codec::pcm24:
    return audio::SampleFormat::int24;
  case Codec::float32:
  case Codec::opus:
    break;
  }
  return audio::SampleFormat::float32;
}

constexpr std::size_t bytesPerSample(Codec codec)
{
  return audio::bytesPerSample(sampleFormatOf(codec));
}

} // namespace tutti::stream
