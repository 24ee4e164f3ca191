#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <tutti/endpoint/EndpointClient.hpp>
#include <tutti/engine/Endpoints.hpp>

namespace tutti::engine {

EndpointEvent::Kind kindOf(endpoint::Outbox::Event::Kind kind);

/// A client of the LAN's servers of streams: calls each that is wanted as soon as it is found, and again
/// after it was lost. One that has refused, or was, is called again when it has gone and comes back.
///
/// Threads: one at a time; most of it waits a moment for the client's own.
class LanCalls {
public:
  using Wanted = endpoint::CallList::Wanted;

  explicit LanCalls(std::string name, std::vector<Wanted> wanted = {});

  /// All connections, anew, for a device at this rate.
  /// Errors:  `unavailable`, with a sentence; then it is closed.
  Result<void> begin(audio::SampleRate device);
  void end();
  [[nodiscard]] bool isOpen() const { return client_ != nullptr; }

  void want(const Wanted& wanted);
  void forget(const Wanted& wanted);

  /// Calls who is to be called. What has happened since; who is called in vain, again and again, is told of
  /// once.
  std::vector<EndpointEvent> attend(HostTime now);

  [[nodiscard]] const std::vector<endpoint::LanServer>& lan() const { return lan_; }
  [[nodiscard]] std::vector<endpoint::EndpointClient::Server> servers() const;
  /// Why it could not be reached, or was lost; empty: not so far.
  [[nodiscard]] std::string whyNot(const std::string& title) const;
  /// One side has, and it is not called again.
  [[nodiscard]] bool hasRefused(const std::string& title) const { return refused_.contains(title); }
  /// All that were called have refused.
  [[nodiscard]] bool isHopeless() const { return calls_.isHopeless(); }

private:
  void attendLan(HostTime now, std::vector<EndpointEvent>& events);
  void askAnew(const std::string& server);
  void hear(const endpoint::Told& told, HostTime now, std::vector<EndpointEvent>& events);

  std::string name_;
  endpoint::CallList calls_;
  std::unique_ptr<endpoint::EndpointClient> client_;
  std::vector<endpoint::LanServer> lan_;
  std::map<std::string, std::string> notReached_; // why, as was told last, by title
  std::set<std::string> refused_;                 // titles
};

} // namespace tutti::engine
