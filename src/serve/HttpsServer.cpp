#include "HttpsServer.hpp"

#include <charconv>
#include <chrono>
#include <optional>
#include <sys/socket.h>
#include <unistd.h>

#include <tutti/room/DirectoryWire.hpp>

#include "Source.hpp"
#include "TlsStream.hpp"

namespace tutti::serve {
namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 5s; // for a question; and again for its answer
constexpr auto kQuiet = 1s;    // that a connection may be idle: it keeps a thread, and our end waiting
constexpr std::size_t kLongestPath = 512;

std::optional<std::size_t> wholeNumber(const std::string& text)
{
  std::size_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [read, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || read != end) return std::nullopt;
  return number;
}

/// How much is still to come after the head; nothing, if we do not want to hear it.
std::optional<std::size_t> bodyOf(const httplib::Request& request)
{
  if (request.has_header("Transfer-Encoding") || request.has_header("Content-Encoding") ||
      request.path.size() > kLongestPath || request.get_header_value_count("Content-Length") > 1)
    return std::nullopt;
  const auto size = request.has_header("Content-Length")
                      ? wholeNumber(request.get_header_value("Content-Length"))
                      : std::nullopt;
  const bool mayBring = request.method == "POST" || request.method == "PUT";
  if (!mayBring) return size.value_or(0) == 0 ? std::optional{std::size_t{0}} : std::nullopt;
  const bool isOurs = request.get_header_value("Content-Type") == "application/json";
  return isOurs && size && *size <= HttpsServer::kLargestBody ? size : std::nullopt;
}

void refuse(httplib::Response& response)
{
  const room::wire::Refusal refusal{"malformed",
                                    "The server could not read what this Tutti said. Are both up to date?"};
  response.status = 400;
  response.set_header("Connection", "close");
  response.set_content(refusal.encode(), "application/json");
}

/// The library's queue does not know whose connections wait in it. This one passes them on at once, to us.
class NoQueue final : public httplib::TaskQueue {
public:
  explicit NoQueue(Crew& crew)
    : crew_{crew}
  {}
  void enqueue(std::function<void()> work) override { work(); }
  void shutdown() override { crew_.shutdown(); }

private:
  Crew& crew_;
};

void close(int socket)
{
  ::shutdown(socket, SHUT_RDWR);
  ::close(socket);
}

} // namespace

HttpsServer::HttpsServer(const TlsIdentity& identity)
  : SSLServer{identity.certificate(), identity.key()}
{
  new_task_queue = [this] { return new NoQueue{crew_}; };
  set_payload_max_length(kLargestBody);
  set_pre_routing_handler([](const httplib::Request& request, httplib::Response& response) {
    if (bodyOf(request)) return HandlerResponse::Unhandled;
    refuse(response);
    return HandlerResponse::Handled;
  });
}

void HttpsServer::letManyKnock()
{
  ::listen(svr_sock_, static_cast<int>(kMostFromOne));
}

/// On the thread that listens.
bool HttpsServer::process_and_close_socket(socket_t socket)
{
  const auto from = addressNamed(remoteAddress(socket));
  if (!doors_.tryEnter(from)) {
    close(socket);
    return true;
  }
  crew_.enqueue([this, socket, from] {
    converse(socket);
    close(socket);
    doors_.leave(from);
  });
  return true;
}

void HttpsServer::converse(int socket)
{
  if (svr_sock_ == INVALID_SOCKET) return; // it waited until we stopped
  TlsStream stream{socket, ssl_context(), kPatience};
  if (!stream.shakeHands()) return;
  bool isLast = false;
  while (svr_sock_ != INVALID_SOCKET && !isLast && stream.waitForQuestion(kQuiet, kLargestHead)) {
    bool isClosed = false;
    const bool isAnswered = process_request(stream, false, isClosed, [&](httplib::Request& request) {
      const auto body = bodyOf(request);
      stream.allow(body.value_or(0));
      request.ranges.clear(); // pieces of an answer, of which thousands may be asked for at once
      isLast = !body;
    });
    isLast = isLast || isClosed || !isAnswered || stream.isOver();
  }
}

} // namespace tutti::serve
