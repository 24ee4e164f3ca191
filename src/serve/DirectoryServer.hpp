#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <thread>

#include <tutti/core/Result.hpp>
#include <tutti/serve/Directory.hpp>

#include "TlsIdentity.hpp"

namespace httplib {
struct Request;
struct Response;
} // namespace httplib

namespace tutti::serve {

class HttpsServer;

/// A directory over HTTPS.
///
/// A poll holds its thread until there is news, at most five seconds, which renews the lease three times
/// over.
///
/// Threads: *any*.
class DirectoryServer {
public:
  using Changed = std::function<void(const Directory::Change&)>;
  /// Who lives beside the directory, called on any thread.
  struct Neighbours {
    Changed changed; ///< a member has come or gone
    /// What is answered beside rooms; nothing for what the directory is to answer.
    std::function<std::optional<Directory::Answer>(const Directory::Question&)> beside;
    std::function<Directory::Answer(const std::string& who)> turn; ///< may take some seconds
  };

  static Result<std::unique_ptr<DirectoryServer>> open(const std::optional<IpAddress>& listen,
                                                       std::uint16_t port, const TlsIdentity& identity);
  ~DirectoryServer();
  DirectoryServer(const DirectoryServer&) = delete;
  DirectoryServer& operator=(const DirectoryServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// From now on questions are answered.
  void start(std::uint16_t udpPort, Neighbours neighbours);

  /// How many questions were answered, by status.
  [[nodiscard]] std::map<int, std::uint64_t> answers() const;

  /// A moment with the directory for oneself.
  template <class Work> auto with(Work work)
  {
    const std::lock_guard lock{mutex_};
    return work(*directory_);
  }

private:
  /// A poll that nothing is new for.
  struct Waiting {
    std::condition_variable wake;
    bool isWoken = false;
  };

  explicit DirectoryServer(std::unique_ptr<HttpsServer> http);
  void answer(const httplib::Request& request, httplib::Response& response);
  void tick();
  Directory::Answer askDirectory(const Directory::Question& question);
  Directory::Answer ask(const Directory::Asked& asked);
  void tellNews(); // with the lock held, so that they keep their order

  std::unique_ptr<HttpsServer> http_;
  std::uint16_t port_ = 0;
  Neighbours neighbours_;
  mutable std::mutex answersMutex_;
  std::map<int, std::uint64_t> answers_; // statuses are ours, so they are few
  std::mutex mutex_;
  std::condition_variable end_;
  std::multimap<room::RoomId, Waiting> waiting_;
  std::optional<Directory> directory_;
  bool isStopping_ = false;
  std::atomic<bool> hasListened_ = false;
  std::thread listening_;
  std::thread ticking_;
};

} // namespace tutti::serve
