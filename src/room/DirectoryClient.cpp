#include "DirectoryClient.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>
#include <sys/socket.h>

#include "PercentEncoding.hpp"
#include "QuietPipe.hpp"

namespace tutti::room {
namespace {

constexpr int kToConnect =
  2; // seconds: a lost attempt is repeated after one, and a network may have come back
constexpr int kToAnswer = 8; // seconds: a poll waits for five
constexpr std::size_t kLargestAnswer = wire::kLargestBody + (std::size_t{64} << 10U); // with head and TLS

/// SHA-256 of the key that the other side has shown.
Fingerprint fingerprintOf(X509* certificate)
{
  Fingerprint fingerprint{};
  unsigned char* spki = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &spki);
  if (size <= 0) return fingerprint;
  SHA256(spki, static_cast<std::size_t>(size), reinterpret_cast<unsigned char*>(fingerprint.data()));
  OPENSSL_free(spki);
  return fingerprint;
}

} // namespace

wire::Refusal DirectoryClient::Reply::refusal() const
{
  const auto refusal = wire::Refusal::parse(body);
  if (refusal) return *refusal;
  return {"malformed", fmt::format("The server gave an answer that cannot be read ({}).", status)};
}

DirectoryClient::DirectoryClient(const Invitation& invitation)
  : host_{invitation.host}
  , roomPath_{"/v1/rooms/" + percentEncoded(invitation.room)}
  , http_{std::make_unique<httplib::SSLClient>(invitation.host, invitation.port)}
{
  http_->set_connection_timeout(kToConnect);
  http_->set_read_timeout(kToAnswer);
  http_->set_write_timeout(kToConnect);
  http_->set_keep_alive(true);
  http_->set_tcp_nodelay(true);
  limit();
  if (invitation.fingerprint) pin(*invitation.fingerprint);
}

DirectoryClient::~DirectoryClient()
{
  const QuietPipe quiet;
  http_.reset();
}

/// The library's own check would refuse a certificate that signs itself; ours asks for the one key.
void DirectoryClient::pin(const Fingerprint& fingerprint)
{
  pin_ = std::make_unique<Pin>(Pin{fingerprint});
  http_->enable_server_certificate_verification(false);
  auto* context = http_->ssl_context();
  SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(
    context,
    [](X509_STORE_CTX* store, void* argument) {
      auto& pin = *static_cast<Pin*>(argument);
      auto* certificate = X509_STORE_CTX_get0_cert(store);
      pin.isOther = certificate == nullptr || fingerprintOf(certificate) != pin.expected;
      return pin.isOther ? 0 : 1;
    },
    pin_.get());
}

/// The library reads lines and heads of any length. Whoever says too much is heard no further.
void DirectoryClient::limit()
{
  auto* context = http_->ssl_context();
  SSL_CTX_set_msg_callback(
    context, [](int isWritten, int, int kind, const void* bytes, std::size_t size, SSL* tls, void* argument) {
      if (isWritten != 0 || kind != SSL3_RT_HEADER || size < SSL3_RT_HEADER_LENGTH) return;
      const auto* header = static_cast<const unsigned char*>(bytes);
      auto& heard = *static_cast<std::size_t*>(argument);
      heard += size + (std::size_t{header[3]} << 8U | header[4]); // of the record that follows
      if (heard > kLargestAnswer) ::shutdown(SSL_get_fd(tls), SHUT_RDWR);
    });
  SSL_CTX_set_msg_callback_arg(context, heard_.get());
}

tl::unexpected<Error> DirectoryClient::failed() const
{
  if (pin_ && pin_->isOther)
    return failure(ErrorKind::refused,
                   fmt::format("{} is not the server that this invitation was made for. Somebody "
                               "may be in between: ask for a new invitation.",
                               host_));
  return failure(
    ErrorKind::unavailable,
    fmt::format("The room's server at {} does not answer. Is it running, and is the network there?", host_));
}

Result<DirectoryClient::Reply> DirectoryClient::ask(httplib::Request question)
{
  const QuietPipe quiet;
  if (pin_) pin_->isOther = false;
  *heard_ = 0;
  std::string body;
  question.content_receiver = [&body](const char* bytes, std::size_t size, std::uint64_t, std::uint64_t) {
    const bool fits =
      size <= wire::kLargestBody - body.size(); // unpacked, it may be a thousand times as much
    if (fits) body.append(bytes, size);
    return fits;
  };
  const auto answer = http_->send(question);
  // Also where it came to its end: what had arrived before the line was cut is read all the same.
  const bool wasTooMuch = *heard_ > kLargestAnswer;
  if (answer && !wasTooMuch) return Reply{answer->status, std::move(body)};
  if (wasTooMuch || answer.error() == httplib::Error::Canceled)
    return failure(ErrorKind::malformed, fmt::format("{} says more than a room's server has to say.", host_));
  return failed();
}

Result<DirectoryClient::Reply> DirectoryClient::askForRoom()
{
  httplib::Request question;
  question.method = "GET";
  question.path = roomPath_;
  return ask(std::move(question));
}

Result<DirectoryClient::Reply> DirectoryClient::post(const std::string& what, const std::string& body)
{
  return postTo(what.empty() ? std::string{"/v1/rooms"} : roomPath_ + '/' + what, body);
}

Result<DirectoryClient::Reply> DirectoryClient::knock(const std::string& body)
{
  http_->set_address_family(AF_INET);
  return postTo("/v1/knock", body);
}

Result<DirectoryClient::Reply> DirectoryClient::postTo(std::string path, const std::string& body)
{
  httplib::Request question;
  question.method = "POST";
  question.path = std::move(path);
  question.set_header("Content-Type", "application/json");
  question.body = body;
  return ask(std::move(question));
}

void DirectoryClient::interrupt()
{
  const QuietPipe quiet;
  http_->stop();
}

} // namespace tutti::room
