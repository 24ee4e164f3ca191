#pragma once

#include <optional>

#include <tutti/net/TurnCredentials.hpp>

namespace tutti::net {

/// When credentials that end have to be asked for, and when a relay that only they may renew has to be made
/// anew.
class TurnRenewal {
public:
  /// These are in use now.
  void begin(const TurnCredentials& credentials, HostTime now);

  /// Whether to ask now; then not again for a while.
  bool isAsking(HostTime now);
  /// The server does not take ours, or wants others for the relay: ask again from now on.
  void hurry(HostTime now);

  /// The next ones are here. `refused`: not for this relay.
  void keep(TurnCredentials next);
  [[nodiscard]] bool hasNext() const { return next_.has_value(); }
  [[nodiscard]] bool isNextRefused() const { return changeAt_.has_value(); }
  void refuseNext(HostTime now);
  [[nodiscard]] bool isChangeDue(HostTime now) const { return changeAt_ && *changeAt_ <= now; }
  std::optional<TurnCredentials> takeNext();

  [[nodiscard]] std::optional<HostTime> nextDeadline() const;

private:
  std::optional<HostTime> until_;
  std::optional<HostTime> askAt_;
  Micros askAgain_{0};
  Micros margin_{0}; // before the end, in which a change-over happens
  std::optional<TurnCredentials> next_;
  std::optional<HostTime> changeAt_;
};

} // namespace tutti::net
