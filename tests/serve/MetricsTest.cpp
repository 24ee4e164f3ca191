#include <Catch.hpp>
#include <chrono>
#include <regex>
#include <sstream>

#include "Metrics.hpp"

using namespace tutti;
using namespace tutti::serve;
using namespace std::chrono_literals;

namespace {

Metrics busy()
{
  Metrics metrics;
  metrics.rooms = 2;
  metrics.members = 5;
  metrics.forwarder.packetsIn = 10;
  metrics.forwarder.packetsOut = 40;
  metrics.forwarder.bytesIn = 1000;
  metrics.forwarder.bytesOut = 4000;
  metrics.forwarder.dropped[static_cast<std::size_t>(Drop::stranger)] = 3;
  metrics.delays.add(20us);
  metrics.delays.add(30us);
  metrics.recentDelays.add(30us);
  metrics.processorTime = 1500ms;
  metrics.processorShare = 0.25;
  metrics.answers = {{200, 7}, {404, 1}};
  return metrics;
}

bool has(const std::string& page, const std::string& line)
{
  return page.find("\n" + line + "\n") != std::string::npos;
}

} // namespace

TEST_CASE("A busy server tells all its figures")
{
  const auto page = busy().text();
  CHECK(has(page, "tutti_rooms 2"));
  CHECK(has(page, "tutti_members 5"));
  CHECK(has(page, "tutti_forwarder_packets_total{direction=\"in\"} 10"));
  CHECK(has(page, "tutti_forwarder_packets_total{direction=\"out\"} 40"));
  CHECK(has(page, "tutti_forwarder_bytes_total{direction=\"in\"} 1000"));
  CHECK(has(page, "tutti_forwarder_bytes_total{direction=\"out\"} 4000"));
  CHECK(has(page, "tutti_forwarder_dropped_packets_total{reason=\"stranger\"} 3"));
  CHECK(has(page, "tutti_forwarder_dropped_packets_total{reason=\"flood\"} 0"));
  CHECK(has(page, "tutti_forwarder_delay_seconds_sum 5e-05"));
  CHECK(has(page, "tutti_forwarder_delay_seconds_count 2"));
  CHECK(page.find("tutti_forwarder_delay_seconds{quantile=\"0.99\"} 3") != std::string::npos);
  CHECK(has(page, "tutti_cpu_share 0.25"));
  CHECK(has(page, "process_cpu_seconds_total 1.5"));
  CHECK(has(page, "tutti_questions_total{answer=\"200\"} 7"));
  CHECK(has(page, "tutti_questions_total{answer=\"404\"} 1"));
}

TEST_CASE("Of a server that forwarded nothing there are no quantiles, and zeroes for the rest")
{
  const auto page = Metrics{}.text();
  CHECK(page.find("quantile") == std::string::npos);
  CHECK(has(page, "tutti_rooms 0"));
  CHECK(has(page, "tutti_forwarder_delay_seconds_count 0"));
}

TEST_CASE("Each line is one that Prometheus reads, and each family is introduced once, before its values")
{
  const std::regex help{"# HELP [a-z_]+ [A-Z].*\\."};
  const std::regex type{"# TYPE ([a-z_]+) (counter|gauge|summary)"};
  const std::regex value{R"(([a-z_]+)(\{[a-z]+="[A-Za-z0-9.]+"\})? [0-9.e+-]+)"};
  std::istringstream page{busy().text()};
  std::string family;
  std::size_t families = 0;
  for (std::string line; std::getline(page, line);) {
    INFO(line);
    std::smatch parts;
    if (std::regex_match(line, parts, type)) {
      family = parts[1];
      ++families;
    } else if (!std::regex_match(line, help)) {
      REQUIRE(std::regex_match(line, parts, value));
      CHECK(parts[1].str().starts_with(family));
    }
  }
  CHECK(families == 9);
}

TEST_CASE("Only a server that shares its rooms tells figures of the store")
{
  auto metrics = busy();
  CHECK(metrics.text().find("store") == std::string::npos);
  CHECK(metrics.text().find("tutti_members_here") == std::string::npos);
  metrics.shared = {3, 2, {true, 40, 30, 1}};
  const auto page = metrics.text();
  CHECK(has(page, "tutti_members_here 3"));
  CHECK(has(page, "tutti_forwarders 2"));
  CHECK(has(page, "tutti_store_up 1"));
  CHECK(has(page, "tutti_store_losses_total 1"));
  CHECK(has(page, "tutti_store_facts_total{direction=\"told\"} 40"));
  CHECK(has(page, "tutti_store_facts_total{direction=\"heard\"} 30"));
}
