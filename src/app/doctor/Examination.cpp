#include "Examination.hpp"

#include <algorithm>
#include <iterator>

#include "Clock.hpp"
#include "Firewall.hpp"
#include "Interfaces.hpp"
#include "LinkPort.hpp"
#include "Multicast.hpp"
#include "Processor.hpp"
#include "Realtime.hpp"
#include "ReceiveBuffer.hpp"

namespace tutti::app {

Findings examineMachine()
{
  const auto used = discovery::linkAddresses(discovery::localAddresses(), {});
  Findings all;
  const auto add = [&all](Findings some) { std::ranges::move(some, std::back_inserter(all)); };
  add(judge(probeInterfaces()));
  add(judge(probeMulticast(used)));
  add(judge(probeLinkPort(kLinkPort, used)));
  add(judge(probeFirewall(), used));
  add(judge(probeRealtime()));
  add(judge(probeReceiveBuffer()));
  add(judge(probeClock()));
  add(judge(probeProcessor()));
  return all;
}

} // namespace tutti::app
