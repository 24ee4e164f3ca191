#pragma once

#include <functional>
#include <mutex>
#include <optional>

#include <tutti/room/Knock.hpp>
#include <tutti/serve/Directory.hpp>
#include <tutti/serve/SourceBuckets.hpp>

namespace tutti::serve {

/// Tries the door of whoever asks, and of nobody else:
///
///     POST /v1/knock    which of these ports let somebody in, of the address that the question comes from
///
/// The address has shook hands over TLS, so it is the asker's own. It gets one TCP connection and three small
/// datagrams a question; a household may ask six times a minute, all together sixteen at a time.
///
/// Threads: *any*. `knock` is called on the asker's, and may take some seconds.
class KnockDesk {
public:
  static constexpr double kPerMinute = 6;
  static constexpr int kMostAtOnce = 16; // each holds a thread of the directory's

  using Knock = std::function<room::wire::KnockReply(const IpAddress&, const room::wire::KnockRequest&)>;
  explicit KnockDesk(Knock knock)
    : knock_{std::move(knock)}
  {}

  /// Nothing where the question is another one.
  std::optional<Directory::Answer> ask(const Directory::Question& question, HostTime now);

private:
  std::optional<Directory::Answer> refusal(const IpAddress& from, HostTime now);

  Knock knock_;
  std::mutex mutex_; // guards what follows
  SourceBuckets questions_ = SourceBuckets::perMinute(kPerMinute);
  int underWay_ = 0;
};

} // namespace tutti::serve
