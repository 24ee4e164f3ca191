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

  /// The next ones are here, to be tried.
  void keep(TurnCredentials next, HostTime now);
  /// They were tried, and are not in use: as before.
  void putBack(TurnCredentials next) { next_ = std::move(next); }
  [[nodiscard]] bool hasNext() const { return next_.has_value(); }
  /// The server does not take them for this relay: they wait for the next one.
  void refuseNext() { isNextRefused_ = true; }
  [[nodiscard]] bool haveEnded(HostTime now) const { return until_ && *until_ <= now; }
  [[nodiscard]] bool isNextRefused() const { return isNextRefused_; }
  void retryNext() { isNextRefused_ = false; }
  /// Have the relay made anew before the ones in use end.
  void planChange(HostTime now);
  [[nodiscard]] bool isChangeDue(HostTime now) const { return changeAt_ && *changeAt_ <= now; }
  std::optional<TurnCredentials> takeNext();

  [[nodiscard]] std::optional<HostTime> askAt() const { return askAt_; }
  [[nodiscard]] std::optional<HostTime> changeAt() const { return changeAt_; }

private:
  void schedule(const TurnCredentials& credentials, HostTime now);

  std::optional<HostTime> until_;
  std::optional<HostTime> askAt_;
  Micros askAgain_{0};
  Micros margin_{0}; // before the end, in which a change-over happens
  std::optional<TurnCredentials> next_;
  bool isNextRefused_ = false;
  std::optional<HostTime> changeAt_;
};

} // namespace tutti::net
