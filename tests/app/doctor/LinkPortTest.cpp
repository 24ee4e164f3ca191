#include "doctor/LinkPort.hpp"

#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>
#include <unistd.h>

#include "Judged.hpp"

namespace tutti::app {
namespace {

using asio::ip::udp;
using Outcome = LinkPortFacts::Outcome;
enum class Sharing { no, yes };

/// Another program's socket on a port that the system chose.
class Neighbour {
public:
  explicit Neighbour(Sharing sharing)
    : socket_{context_, udp::v4()}
  {
    socket_.set_option(udp::socket::reuse_address{sharing == Sharing::yes});
    socket_.bind({udp::v4(), 0});
  }
  [[nodiscard]] std::uint16_t port() const { return socket_.local_endpoint().port(); }

private:
  asio::io_context context_;
  udp::socket socket_;
};

const std::vector<discovery::LocalAddress> kLoopback{{"lo", 1, IpAddress::v4({127, 0, 0, 1}), 8}};
const PortHolder kMyself{"doctor_tests", ::getpid()};

} // namespace

TEST_CASE("A port that another program shares can be shared")
{
  const Neighbour neighbour{Sharing::yes};
  const auto facts = probeLinkPort(neighbour.port(), kLoopback);
  INFO(facts.reason);
  CHECK(facts.outcome == Outcome::shared);
  CHECK(facts.holders == std::vector{kMyself});
}

TEST_CASE("A port that another program keeps to itself is taken, and the program is named")
{
  const Neighbour neighbour{Sharing::no};
  const auto facts = probeLinkPort(neighbour.port(), kLoopback);
  CHECK(facts.outcome == Outcome::taken);
  CHECK(facts.holders == std::vector{kMyself});
  const auto findings = judge(facts);
  REQUIRE(severities(findings) == Severities{kProblem});
  CHECK(findings[0].cure.find("doctor_tests (process ") != std::string::npos);
}

TEST_CASE("What is said about the port")
{
  LinkPortFacts facts;
  facts.outcome = Outcome::shared;
  CHECK(judge(facts)[0].what == "UDP port 20808 can be shared.");
  facts.holders = {{"LinkHut", 41}, {"pd", 42}};
  CHECK(judge(facts)[0].what ==
        "UDP port 20808 can be shared; now with LinkHut (process 41), pd (process 42).");
  facts.outcome = Outcome::taken;
  facts.holders.clear();
  CHECK(judge(facts)[0].cure == "Find and close it: sudo ss -ulpn 'sport = :20808'");
  facts.outcome = Outcome::failed;
  facts.reason = "No such device.";
  CHECK(severities(judge(facts)) == Severities{kProblem});
  facts.outcome = Outcome::untried;
  CHECK(severities(judge(facts)) == Severities{kProblem});
}

TEST_CASE("Sockets are found in the kernel's table by their port")
{
  const auto table =
    "   sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode ref "
    "pointer drops\n"
    "  417: 00000000:5148 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 30001 2 0 "
    "0\n"
    "  418: 0100007F:5149 00000000:0000 07 00000000:00000000 00:00000000 00000000     0        0 30002 2 0 "
    "0\n"
    "  419: 00000000000000000000000000000000:5148 00000000000000000000000000000000:0000 07 00000000:00000000 "
    "00:00000000 00000000  1000        0 30003 2 0 0\n"
    "garbage\n  420: 5148\n";
  CHECK(socketInodes(table, 20808) == std::vector<std::string>{"30001", "30003"});
  CHECK(socketInodes("", 20808).empty());
}

} // namespace tutti::app
