#include "TlsIdentity.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <openssl/pem.h>
#include <openssl/sha.h>
#include <system_error>
#include <unistd.h>

#include <tutti/core/Assert.hpp>

namespace tutti::serve {
namespace {

constexpr auto kKeyFile = "directory-key.pem";
constexpr long kYears = 3650L * 24 * 3600; // the fingerprint is what counts, not the date

tl::unexpected<Error> cannotKeep(const std::filesystem::path& file)
{
  return failure(ErrorKind::unavailable, fmt::format("The server's key cannot be kept in {}: {}.",
                                                     file.string(), std::generic_category().message(errno)));
}

struct CloseFile {
  void operator()(FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<FILE, CloseFile>;

} // namespace

Result<TlsIdentity::Key> TlsIdentity::load(const std::filesystem::path& file)
{
  const File in{std::fopen(file.c_str(), "r")};
  if (!in) return cannotKeep(file);
  Key key{PEM_read_PrivateKey(in.get(), nullptr, nullptr, nullptr)};
  if (!key || EVP_PKEY_get_base_id(key.get()) != EVP_PKEY_EC)
    return failure(
      ErrorKind::malformed,
      fmt::format("{} is no key. Move it away: Tutti makes a new one, and invitations to this server "
                  "must be given out anew.",
                  file.string()));
  return key;
}

Result<TlsIdentity::Key> TlsIdentity::make(const std::filesystem::path& file)
{
  Key key{EVP_EC_gen("P-256")};
  TUTTI_ASSERT(key != nullptr);
  // Under another name first: whoever looks sees a whole key or none. Never readable by others, not for a
  // moment.
  const auto draft = file.string() + fmt::format(".{}", ::getpid());
  const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return cannotKeep(file);
  File out{::fdopen(descriptor, "w")};
  const bool isWritten =
    PEM_write_PrivateKey(out.get(), key.get(), nullptr, nullptr, 0, nullptr, nullptr) == 1 &&
    std::fflush(out.get()) == 0;
  out.reset();
  const bool isKept = isWritten && ::link(draft.c_str(), file.c_str()) == 0;
  const bool isOvertaken = !isKept && errno == EEXIST; // another one was made in the same moment
  ::unlink(draft.c_str());
  if (isOvertaken) return load(file);
  if (!isKept) return cannotKeep(file);
  return key;
}

Result<TlsIdentity> TlsIdentity::loadOrMake(const std::filesystem::path& folder)
{
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  const auto file = folder / kKeyFile;
  auto key = std::filesystem::exists(file, error) ? load(file) : make(file);
  if (!key) return tl::unexpected{key.error()};
  TlsIdentity identity;
  identity.key_ = std::move(*key);
  identity.certificate_.reset(X509_new());
  auto* certificate = identity.certificate_.get();
  X509_set_version(certificate, 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), 1);
  X509_gmtime_adj(X509_getm_notBefore(certificate), -24L * 3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate), kYears);
  X509_set_pubkey(certificate, identity.key_.get());
  auto* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC,
                             reinterpret_cast<const unsigned char*>("Tutti directory"), -1, -1, 0);
  X509_set_issuer_name(certificate, name);
  TUTTI_ASSERT(X509_sign(certificate, identity.key_.get(), EVP_sha256()) > 0);
  unsigned char* spki = nullptr;
  const int size = i2d_X509_PUBKEY(X509_get_X509_PUBKEY(certificate), &spki);
  TUTTI_ASSERT(size > 0);
  SHA256(spki, static_cast<std::size_t>(size),
         reinterpret_cast<unsigned char*>(identity.fingerprint_.data()));
  OPENSSL_free(spki);
  return identity;
}

} // namespace tutti::serve
