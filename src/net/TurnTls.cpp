#include "TurnTls.hpp"

#include <asio/ssl/host_name_verification.hpp>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace tutti::net::turn {
namespace {

std::optional<TurnConnection::PublicKeyPin> keyOf(X509* certificate)
{
  unsigned char* spki = nullptr;
  const int size = certificate == nullptr ? 0 : i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &spki);
  if (size <= 0) return std::nullopt;
  TurnConnection::PublicKeyPin digest{};
  const int done =
    EVP_Digest(spki, static_cast<std::size_t>(size), reinterpret_cast<unsigned char*>(digest.data()), nullptr,
               EVP_sha256(), nullptr);
  OPENSSL_free(spki);
  if (done != 1) return std::nullopt;
  return digest;
}

/// In place of OpenSSL's own verification: the key is right, so nothing else matters.
int isPinned(X509_STORE_CTX* store, void* pin)
{
  const auto* wanted = static_cast<const TurnConnection::PublicKeyPin*>(pin);
  const bool isRight = keyOf(X509_STORE_CTX_get0_cert(store)) == *wanted;
  X509_STORE_CTX_set_error(store, isRight ? X509_V_OK : X509_V_ERR_CERT_UNTRUSTED);
  return isRight ? 1 : 0;
}

} // namespace

asio::ssl::context tlsContext(const TurnConnection::Target& target)
{
  asio::ssl::context context{asio::ssl::context::tls_client};
  SSL_CTX_set_min_proto_version(context.native_handle(), TLS1_2_VERSION);
  context.set_verify_mode(asio::ssl::verify_peer);
  if (target.pin) {
    auto* const pin = const_cast<TurnConnection::PublicKeyPin*>(&*target.pin); // only read again
    SSL_CTX_set_cert_verify_callback(context.native_handle(), isPinned, pin);
  } else {
    context.set_default_verify_paths();
  }
  return context;
}

void demandHost(TlsStream& stream, const TurnConnection::Target& target)
{
  const bool isAddress = IpAddress::parse(target.hostName).has_value();
  auto* const name = const_cast<char*>(target.hostName.c_str()); // only read: a macro's way of saying it
  if (!isAddress)
    SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, name);
  if (!target.pin) stream.set_verify_callback(asio::ssl::host_name_verification{target.hostName});
}

} // namespace tutti::net::turn
