#include "Metrics.hpp"

#include <array>
#include <fmt/format.h>
#include <iterator>
#include <string_view>
#include <utility>

namespace tutti::serve {
namespace {

constexpr std::array<std::pair<double, std::string_view>, 3> kQuantiles{
  {{0.5, "0.5"}, {0.9, "0.9"}, {0.99, "0.99"}}};

double seconds(Micros time)
{
  return static_cast<double>(time.count()) / 1e6;
}

/// One page, family by family: what it is, then a line for each of its values.
class Page {
public:
  void family(std::string_view name, std::string_view kind, std::string_view help)
  {
    name_ = name;
    fmt::format_to(out(), "# HELP {0} {2}\n# TYPE {0} {1}\n", name, kind, help);
  }
  template <class Number> void value(Number number) { fmt::format_to(out(), "{} {}\n", name_, number); }
  template <class Number> void value(std::string_view label, std::string_view which, Number number)
  {
    fmt::format_to(out(), "{}{{{}=\"{}\"}} {}\n", name_, label, which, number);
  }
  template <class Number> void part(std::string_view suffix, Number number)
  {
    fmt::format_to(out(), "{}{} {}\n", name_, suffix, number);
  }
  std::string take() { return std::move(text_); }

private:
  std::back_insert_iterator<std::string> out() { return std::back_inserter(text_); }

  std::string text_;
  std::string_view name_;
};

void tellForwarder(Page& page, const ForwarderCounters& counters)
{
  page.family("tutti_forwarder_packets_total", "counter", "Packets at the forwarder.");
  page.value("direction", "in", counters.packetsIn);
  page.value("direction", "out", counters.packetsOut);
  page.family("tutti_forwarder_bytes_total", "counter", "Bytes at the forwarder, without UDP and IP.");
  page.value("direction", "in", counters.bytesIn);
  page.value("direction", "out", counters.bytesOut);
  page.family("tutti_forwarder_dropped_packets_total", "counter", "Packets that went no further.");
  for (std::size_t i = 0; i < counters.dropped.size(); ++i)
    page.value("reason", nameOf(static_cast<Drop>(i)), counters.dropped[i]);
}

void tellDelays(Page& page, const DelayHistogram& recent, const DelayHistogram& all)
{
  page.family("tutti_forwarder_delay_seconds", "summary", "From a packet's arrival to its leaving.");
  for (const auto& [share, name] : kQuantiles)
    if (const auto delay = recent.percentile(share)) page.value("quantile", name, seconds(*delay));
  page.part("_sum", seconds(all.sum()));
  page.part("_count", all.count());
}

void tellShared(Page& page, const Metrics::Shared& shared)
{
  page.family("tutti_members_here", "gauge", "Members that ask this server, of all members.");
  page.value(shared.membersHere);
  page.family("tutti_forwarders", "gauge", "Forwarders that share the rooms.");
  page.value(shared.forwarders);
  page.family("tutti_store_up", "gauge", "Whether the store is there.");
  page.value(shared.store.isThere ? 1 : 0);
  page.family("tutti_store_losses_total", "counter", "How often the store went away.");
  page.value(shared.store.losses);
  page.family("tutti_store_facts_total", "counter", "What was told to other servers, and heard of them.");
  page.value("direction", "told", shared.store.told);
  page.value("direction", "heard", shared.store.heard);
}

} // namespace

std::string Metrics::text() const
{
  Page page;
  page.family("tutti_rooms", "gauge", "Rooms that there are.");
  page.value(rooms);
  page.family("tutti_members", "gauge", "Members of all rooms.");
  page.value(members);
  tellForwarder(page, forwarder);
  tellDelays(page, recentDelays, delays);
  page.family("tutti_cpu_share", "gauge", "Processor time as a share of one core, since the last look.");
  page.value(processorShare);
  page.family("process_cpu_seconds_total", "counter", "Processor time since the start.");
  page.value(seconds(processorTime));
  page.family("tutti_questions_total", "counter", "Questions over HTTPS, by the status of their answer.");
  for (const auto& [status, count] : answers) page.value("answer", std::to_string(status), count);
  if (shared) tellShared(page, *shared);
  return page.take();
}

} // namespace tutti::serve
