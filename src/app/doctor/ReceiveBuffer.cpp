#include "ReceiveBuffer.hpp"

#include <fmt/format.h>

namespace tutti::app {

Findings judge(const ReceiveBufferFacts& facts)
{
  using Severity = Finding::Severity;
  constexpr auto kTopic = "buffer";
  if (facts.gotBytes == 0)
    return {{Severity::problem, kTopic, "No socket for the sound of a room can be opened.",
             "Rooms cannot be joined from this machine.", "Look at what limits programs here: ulimit -n"}};
  const auto what = fmt::format("The system keeps up to {} kB of packets for us.", facts.gotBytes >> 10U);
  if (facts.gotBytes >= facts.wantedBytes) return {{Severity::ok, kTopic, what, "", ""}};
  return {
    {Severity::notice, kTopic, what, "A room that is hosted here may lose packets when the machine is busy.",
     fmt::format("echo net.core.rmem_max={} | sudo tee /etc/sysctl.d/95-tutti.conf; sudo sysctl --system",
                 facts.wantedBytes)}};
}

} // namespace tutti::app
