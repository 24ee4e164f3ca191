#pragma once

#include <filesystem>
#include <memory>
#include <openssl/evp.h>
#include <openssl/x509.h>

#include <tutti/core/Result.hpp>
#include <tutti/room/Invitation.hpp>

namespace tutti::serve {

/// Who this directory is: an ECDSA P-256 key, made at the first start, and a certificate by itself.
///
/// Errors: `unavailable` with a sentence where the folder cannot be written; `malformed` where the file is no
///         key.
/// Spec:   room.
class TlsIdentity {
public:
  static Result<TlsIdentity> loadOrMake(const std::filesystem::path& folder);

  [[nodiscard]] EVP_PKEY* key() const { return key_.get(); }
  [[nodiscard]] X509* certificate() const { return certificate_.get(); }
  [[nodiscard]] const room::Fingerprint& fingerprint() const { return fingerprint_; }

private:
  struct Free {
    void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
    void operator()(X509* certificate) const { X509_free(certificate); }
  };
  using Key = std::unique_ptr<EVP_PKEY, Free>;
  static Result<Key> load(const std::filesystem::path& file);
  static Result<Key> make(const std::filesystem::path& file);

  Key key_;
  std::unique_ptr<X509, Free> certificate_;
  room::Fingerprint fingerprint_{};
};

} // namespace tutti::serve
