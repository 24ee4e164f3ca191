#include "DirectoryClient.hpp"

#include <fmt/format.h>
#include <httplib.h>
#include <openssl/sha.h>
#include <openssl/ssl.h>

#include "PercentEncoding.hpp"

namespace tutti::room {
namespace {

constexpr int kToConnect = 3; // seconds
constexpr int kToAnswer = 8;  // seconds: a poll waits for five

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
  if (invitation.fingerprint) pin(*invitation.fingerprint);
}

DirectoryClient::~DirectoryClient() = default;

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

Result<DirectoryClient::Reply> DirectoryClient::askForRoom()
{
  if (pin_) pin_->isOther = false;
  const auto answer = http_->Get(roomPath_);
  if (!answer) return failed();
  return Reply{answer->status, answer->body};
}

Result<DirectoryClient::Reply> DirectoryClient::post(const std::string& what, const std::string& body)
{
  if (pin_) pin_->isOther = false;
  const auto path = what.empty() ? std::string{"/v1/rooms"} : roomPath_ + '/' + what;
  const auto answer = http_->Post(path, body, "application/json");
  if (!answer) return failed();
  return Reply{answer->status, answer->body};
}

void DirectoryClient::interrupt()
{
  http_->stop();
}

} // namespace tutti::room
