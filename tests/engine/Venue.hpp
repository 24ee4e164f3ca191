#pragma once

#include "Alone.hpp"
#include "Catch.hpp"
#include "TemporaryFolder.hpp"

#include <memory>
#include <optional>
#include <string>
#include <thread>

#include <tutti/serve/Host.hpp>

namespace tutti::test {

/// Runs in a network of its own, where the machine lets us.
template <class Story> void alone(Story story)
{
  std::thread stage{[&] {
    if (isAlone()) story();
  }};
  stage.join();
}

/// A room on loopback.
struct Venue {
  explicit Venue(std::optional<std::string> password = {})
  {
    serve::Host::Options options;
    options.listen = IpAddress::v4({127, 0, 0, 1});
    options.stateFolder = folder.path();
    options.isAnnounced = false;
    auto opened = serve::Host::open(options);
    REQUIRE(opened);
    host = std::move(*opened);
    const auto invitation = host->openRoom({"Jazz", std::move(password), false, {}, {}});
    REQUIRE(invitation);
    link = invitation->link();
  }
  TemporaryFolder folder;
  std::unique_ptr<serve::Host> host;
  std::string link;
};

} // namespace tutti::test
