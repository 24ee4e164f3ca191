#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <thread>

#include <asio/awaitable.hpp>
#include <asio/steady_timer.hpp>

#include <tutti/core/Result.hpp>
#include <tutti/serve/Directory.hpp>

#include "TlsIdentity.hpp"

namespace tutti::serve {

class HttpsServer;

/// A directory over HTTPS.
///
/// A poll waits until there is news, at most five seconds: a lease is three times as long. It holds no thread
/// meanwhile.
///
/// Threads: *any*.
class DirectoryServer {
public:
  using Changed = std::function<void(const Directory::Change&)>;
  /// Who lives beside the directory, called on any thread.
  struct Neighbours {
    Changed changed; ///< a member has come or gone
    /// What is answered beside rooms, which may take some seconds; nothing for what the directory is to
    /// answer.
    std::function<std::optional<Directory::Answer>(const Directory::Question&)> beside;
    std::function<Directory::Answer(const std::string& who)> turn; ///< may take some seconds
    /// What other directories are to hear, where there are any; must not wait.
    std::function<void(std::vector<Fact>)> told = {};
  };

  static Result<std::unique_ptr<DirectoryServer>> open(const std::optional<IpAddress>& listen,
                                                       std::uint16_t port, const TlsIdentity& identity);
  ~DirectoryServer();
  DirectoryServer(const DirectoryServer&) = delete;
  DirectoryServer& operator=(const DirectoryServer&) = delete;

  [[nodiscard]] std::uint16_t port() const;

  /// Comes before `start`. With `sharing`, it is one of several.
  void furnish(std::uint16_t udpPort, Neighbours neighbours,
               std::optional<Directory::Sharing> sharing = std::nullopt);
  /// From now on questions are answered.
  void start();
  /// What other directories have said.
  void hear(const std::vector<Fact>& facts);

  /// How many questions were answered, by status.
  [[nodiscard]] std::map<int, std::uint64_t> answers() const;

  /// A moment with the directory for oneself.
  template <class Work> auto with(Work work)
  {
    const std::lock_guard lock{mutex_};
    return work(*directory_);
  }

private:
  explicit DirectoryServer(std::unique_ptr<HttpsServer> http);
  asio::awaitable<Directory::Answer> answer(Directory::Question question);
  Directory::Answer answerBeside(const Directory::Question& question);
  asio::awaitable<Directory::Answer> ask(Directory::Asked asked);
  Directory::Reply askDirectory(const Directory::Asked& asked, bool mayWait);
  Directory::Reply askAgain(const Directory::Asked& asked, const Directory::Wait& wait, bool mayWait);
  void tick();
  void tellNews(); // with the lock held, so that they keep their order
  void wake(const std::set<room::RoomId>& rooms);

  Neighbours neighbours_;
  std::mutex mutex_;
  std::condition_variable end_;
  std::optional<Directory> directory_; // under the mutex
  std::multimap<room::RoomId, asio::steady_timer*>
    waiting_; // polls that nothing is new for; of the server's thread
  std::atomic<bool> isStopping_ = false;
  std::thread ticking_;
  std::unique_ptr<HttpsServer> http_;
};

} // namespace tutti::serve
