#pragma once

#include <chrono>
#include <optional>
#include <string>

#include <tutti/net/TurnConnection.hpp>

namespace relay {

extern const char* const kUsage;

/// What is played, through whom.
struct Options {
  std::string transport = "udp";
  tutti::Endpoint server;
  tutti::Endpoint peer;
  std::string user = "anna";
  std::string password;
  std::string secret;          ///< shared with the server: credentials are made up, and end
  std::chrono::seconds ttl{0}; ///< after so long
  std::string host;
  std::optional<tutti::net::TurnConnection::PublicKeyPin> pin;
  int rate = 750; ///< packets a second
  tutti::net::TurnClient::Options client;

  /// Throws `std::invalid_argument` with a sentence.
  static Options parse(int argc, char** argv);
  /// Fresh ones, where they are made up.
  [[nodiscard]] tutti::net::TurnCredentials credentials() const;
};

} // namespace relay
