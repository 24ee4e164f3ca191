#include <Alone.hpp>
#include <Catch.hpp>
#include <Eventually.hpp>
#include <TemporaryFolder.hpp>
#include <atomic>
#include <dlfcn.h>
#include <mutex>
#include <netdb.h>
#include <set>
#include <thread>
#include <tutti/room/Session.hpp>
#include <tutti/serve/Host.hpp>

using namespace tutti;
using test::eventually;

namespace {

/// Who has asked the name service, which may take as long as it likes.
class Askers {
public:
  void add()
  {
    const std::lock_guard lock{mutex_};
    threads_.insert(std::this_thread::get_id());
    ++count_;
  }
  std::size_t count()
  {
    const std::lock_guard lock{mutex_};
    return count_;
  }
  bool has(std::thread::id thread)
  {
    const std::lock_guard lock{mutex_};
    return threads_.contains(thread);
  }

private:
  std::mutex mutex_;
  std::set<std::thread::id> threads_;
  std::size_t count_ = 0;
};

Askers& askers()
{
  static Askers all;
  return all;
}

/// Knows its media thread.
struct Ear final : room::Session::Sink {
  void arrived(net::StreamId, std::span<const std::byte>, const room::Way&, HostTime) override {}
  void tick(HostTime) override { mediaThread = std::this_thread::get_id(); }
  void changed() override {}
  std::atomic<std::thread::id> mediaThread;
};

void comeBack()
{
  const test::TemporaryFolder folder;
  serve::Host::Options options;
  options.listen = IpAddress::v4({127, 0, 0, 1});
  options.stateFolder = folder.path();
  options.isAnnounced = false;
  auto host = std::move(*serve::Host::open(options));
  options.httpPort = host->httpPort();
  options.udpPort = host->udpPort();
  auto invitation = host->openRoom({"Jazz", {}, false, {}, {}}).value();
  invitation.host = "localhost";
  Ear ear;
  const auto session = std::move(*room::Session::join({invitation, {}, "Anna", "", {}}, ear));
  host.reset();
  CHECK(eventually([&] { return session->status().state == room::Session::State::away; }));
  const auto before = askers().count();
  host = std::move(*serve::Host::open(options));
  CHECK(eventually([&] {
    return session->status().state == room::Session::State::joined && host->statistics().members == 1;
  }));
  CHECK(askers().count() > before);
  CHECK_FALSE(askers().has(ear.mediaThread));
}

} // namespace

/// In place of the system's, which it asks.
// NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): theirs are reserved
extern "C" int getaddrinfo(const char* name, const char* service, const addrinfo* wish, addrinfo** found)
{
  askers().add();
  static const auto real = reinterpret_cast<decltype(&::getaddrinfo)>(::dlsym(RTLD_NEXT, "getaddrinfo"));
  return real(name, service, wish, found);
}

TEST_CASE("The media thread does not wait for the name service when the server is back") // spec room R-15
{
  std::thread stage{[] {
    if (test::isAlone()) comeBack();
  }};
  stage.join();
}
