#pragma once

#include <string>
#include <string_view>

#include <Fixtures.hpp>
#include <tutti/core/ByteReader.hpp>
#include <tutti/discovery/Interfaces.hpp>
#include <tutti/linkaudio/AudioBuffer.hpp>

/// Names for what tests speak of.
namespace tutti::linkaudio::test {

using tutti::test::Bytes;
using tutti::test::bytesOf;
using tutti::test::copyOf;

/// The first eight letters; fewer are filled with zero.
inline NodeId node(std::string_view name)
{
  return NodeId::fromBytes(std::as_bytes(std::span{name}));
}

inline ChannelId channel(std::string_view name)
{
  return {node(name)};
}

inline IpAddress address(std::string_view text)
{
  return *IpAddress::parse(text);
}

/// A millisecond of sound, at beat `begin`.
inline AudioBuffer sound(const ChannelId& channel, const NodeId& session, std::uint64_t sequence,
                         double begin = 0)
{
  AudioBuffer buffer;
  buffer.channel = channel;
  buffer.session = session;
  buffer.chunks = {{sequence, 48, time::Beats::fromDouble(begin), time::Tempo::fromBpm(120)}};
  buffer.rate = audio::SampleRate::fromHertz(48'000);
  buffer.samples.assign(48, 1000);
  return buffer;
}

} // namespace tutti::linkaudio::test
