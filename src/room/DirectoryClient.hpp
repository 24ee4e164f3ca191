#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include <tutti/core/Result.hpp>
#include <tutti/room/DirectoryWire.hpp>
#include <tutti/room/Invitation.hpp>

namespace httplib {
struct Request;
class SSLClient;
} // namespace httplib

namespace tutti::room {

/// One connection to a directory, which must be the one that the invitation was made for: a certificate with
/// another key ends it before anything is said. Without a fingerprint, a public authority must have signed.
///
/// An answer, unpacked, has at most `wire::kLargestBody`: more is not read.
///
/// Threads: one at a time, but for `interrupt`; blocks.
/// Errors:  `unavailable` where nobody answers, `refused` where it is another server, `malformed` where it
///          says too much; with a sentence.
/// Spec:    room R-11.
class DirectoryClient {
public:
  explicit DirectoryClient(const Invitation& invitation);
  ~DirectoryClient();
  DirectoryClient(const DirectoryClient&) = delete;
  DirectoryClient& operator=(const DirectoryClient&) = delete;

  struct Reply {
    int status = 0;
    std::string body;

    [[nodiscard]] bool isGood() const { return status == 200; }
    /// Why it said no.
    [[nodiscard]] wire::Refusal refusal() const;
  };

  /// `GET /v1/rooms/NAME`
  Result<Reply> askForRoom();
  /// `POST /v1/rooms/NAME/what`; without `what`: `POST /v1/rooms`.
  Result<Reply> post(const std::string& what, const std::string& body);

  /// `POST /v1/knock`, by IPv4: the address that it comes from is the one that is tried.
  Result<Reply> knock(const std::string& body);

  /// Ends a question that is under way. Threads: any.
  void interrupt();

private:
  Result<Reply> ask(httplib::Request question);
  Result<Reply> postTo(std::string path, const std::string& body);
  void pin(const Fingerprint& fingerprint);
  void limit();
  [[nodiscard]] tl::unexpected<Error> failed() const;

  std::string host_;
  std::string roomPath_;
  struct Pin {
    Fingerprint expected{};
    bool isOther = false;
  };
  std::unique_ptr<Pin> pin_;
  std::unique_ptr<std::size_t> heard_ =
    std::make_unique<std::size_t>(0); // bytes of this answer, as they came
  std::unique_ptr<httplib::SSLClient> http_;
};

} // namespace tutti::room
