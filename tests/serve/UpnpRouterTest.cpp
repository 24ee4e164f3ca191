#include <Catch.hpp>

#include "UpnpRouter.hpp"

using namespace tutti;
using serve::upnp::isAt;

TEST_CASE("Only what is on the gateway itself is asked by UPnP")
{
  const auto router = IpAddress::v4({192, 168, 1, 1});
  for (const auto* url :
       {"http://192.168.1.1:5000/rootDesc.xml", "http://192.168.1.1/igd", "http://192.168.1.1"})
    CHECK(isAt(router, url));
  for (const auto* url : {"http://192.168.1.10/igd", "http://192.168.1.100:80/", "http://198.51.100.9/",
                          "https://192.168.1.1/", "", "http://192.168.1.1@198.51.100.9/",
                          "http://192.168.1.1:80@198.51.100.9/", "http://192.168.1.1.example.com/",
                          "http://192.168.1.1:/", "http://192.168.1.1:123456/", "192.168.1.1"}) {
    INFO(url);
    CHECK_FALSE(isAt(router, url));
  }
}
