#pragma once

#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <tutti/endpoint/EndpointServer.hpp>
#include <tutti/engine/LanSnapshot.hpp>

#include "LanCalls.hpp"
#include "LanGuests.hpp"

namespace tutti::engine {

/// Audio streams of the LAN in a running jam: those of the servers that are wanted, and those that we offer.
///
/// Whoever has the desk calls `attend`, which waits for the network's threads, some ten times a second, and
/// then `settle`, which does not, with the desk. Servers and offers begin anew when the device's rate
/// changes.
///
/// Threads: `attend` and `settle` one at a time; everything else any.
class LanStreams {
public:
  struct Wish {
    bool looksAround = false; ///< For a list of servers, also when none is wanted.
    std::vector<std::string> servers;
    std::vector<LanOffer> offers;
  };

  LanStreams(const std::string& name, Wish wish);

  void connect(const std::string& server);
  void disconnect(const std::string& server);
  /// Errors: `unsupported`, with a sentence, for a stream that cannot be; `refused` for one too many.
  Result<void> offer(const LanOffer& offer);
  void withdraw(const std::string& name);
  [[nodiscard]] std::vector<std::string> wanted() const;
  [[nodiscard]] LanSnapshot snapshot() const;

  /// `device`: nothing while there is none.
  void attend(const std::optional<audio::SampleRate>& device, HostTime now);
  /// What the musician should know, in sentences.
  std::vector<std::string> settle(jam::Desk& desk, Micros deviceOut);

private:
  void beginAnew(HostTime now);
  void attendCalls(const Wish& wish, HostTime now);
  void attendOffers(const Wish& wish, HostTime now);
  Result<void> serve(const std::vector<LanOffer>& offers);
  void collect(const Wish& wish, HostTime now);
  void use(const endpoint::EndpointClient::Server& server);
  [[nodiscard]] std::string whyNot(const std::string& server) const;
  void show(const Wish& wish);

  const std::string name_;
  mutable std::mutex mutex_;
  Wish wish_;         // under mutex_
  LanSnapshot shown_; // under mutex_

  // The attendant's
  LanCalls calls_;
  std::set<std::string> called_;
  std::unique_ptr<endpoint::EndpointServer> server_;
  std::vector<LanOffer> served_;
  std::uint16_t port_ = 0; // the same after a change
  std::optional<audio::SampleRate> rate_;
  HostTime notBefore_{}; // of the next attempt after a failure
  HostTime anewUntil_{}; // what was connected before the rate changed is soon back
  std::set<std::string> before_;
  std::string problem_;
  std::vector<endpoint::EndpointClient::Server> servers_;
  std::vector<LanStream> streams_;
  LanAbsences absences_;
  LanGuests guests_;
};

} // namespace tutti::engine
