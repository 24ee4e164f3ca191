// What JackClient knows of other people's ports: cables, hardware, latencies.
#include <algorithm>
#include <cerrno>

#include "JackClient.hpp"

namespace tutti::audio {

std::vector<std::string> JackClient::hardware(unsigned long flags, ChannelPair pair) const
{
  auto ports =
    jack_.taken(jack_.ports(client_, nullptr, JACK_DEFAULT_AUDIO_TYPE, JackPortIsPhysical | flags));
  const auto first = std::min(static_cast<std::size_t>(pair.first - 1), ports.size());
  ports.erase(ports.begin(), ports.begin() + static_cast<std::ptrdiff_t>(first));
  ports.resize(std::min<std::size_t>(ports.size(), pair.isSingle ? 1 : 2));
  return ports;
}

void JackClient::connectInputs(ChannelPair pair)
{
  const auto sources = hardware(JackPortIsOutput, pair);
  if (sources.empty()) return;
  plug({.own = "in_1", .other = sources.front(), .isSource = false});
  plug({.own = "in_2", .other = sources.back(), .isSource = false}); // a single one goes to both
}

void JackClient::connectOutputs(ChannelPair pair)
{
  const auto sinks = hardware(JackPortIsInput, pair);
  for (std::size_t i = 0; i < sinks.size(); ++i)
    plug({.own = "out_" + std::to_string(i + 1), .other = sinks[i], .isSource = true});
}

bool JackClient::plug(const JackCable& cable)
{
  const auto own = full(cable.own);
  const auto other = cable.isOwn ? full(cable.other) : cable.other;
  if (!jack_.portByName(client_, own.c_str()) || !jack_.portByName(client_, other.c_str())) return false;
  const int answer = cable.isSource ? jack_.connect(client_, own.c_str(), other.c_str())
                                    : jack_.connect(client_, other.c_str(), own.c_str());
  return answer == 0 || answer == EEXIST;
}

std::vector<JackCable> JackClient::cables() const
{
  std::vector<JackCable> cables;
  for (jack_port_t* const port : inputs_) addCables(cables, port, false);
  for (const auto& slot : outputs_)
    if (jack_port_t* const port = slot.load()) addCables(cables, port, true);
  return cables;
}

void JackClient::addCables(std::vector<JackCable>& cables, jack_port_t* port, bool isSource) const
{
  const auto prefix = name() + ":";
  const auto own = std::string{jack_.portName(port)}.substr(prefix.size());
  for (const auto& other : jack_.taken(jack_.portConnections(client_, port))) {
    const bool isOwn = other.starts_with(prefix);
    cables.push_back({own, isOwn ? other.substr(prefix.size()) : other, isSource, isOwn});
  }
}

FrameCount JackClient::captureLatency() const
{
  jack_latency_range_t range{};
  FrameCount longest;
  for (jack_port_t* const port : inputs_) {
    jack_.portLatency(port, JackCaptureLatency, &range);
    longest = std::max(longest, FrameCount{range.max});
  }
  return longest;
}

FrameCount JackClient::playbackLatency() const
{
  jack_latency_range_t range{};
  FrameCount longest;
  for (std::size_t channel = 0; channel < 2; ++channel) { // the others go to recorders
    jack_port_t* const port = outputs_[channel].load();
    if (!port) continue;
    jack_.portLatency(port, JackPlaybackLatency, &range);
    longest = std::max(longest, FrameCount{range.max});
  }
  return longest;
}

} // namespace tutti::audio
