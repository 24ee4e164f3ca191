#include "StoreWish.hpp"

#include <utility>

#include "SecretFile.hpp"

namespace tutti::app {

Result<void> StoreWish::check() const
{
  const bool hasMore = !passwordFile.empty() || !authorities.empty() || forwarderAddress;
  if (!url && hasMore)
    return failure(ErrorKind::malformed,
                   "which store? --store-password-file, --store-ca and --forwarder-address go with it");
  if (url && !url->password.empty() && !passwordFile.empty())
    return failure(ErrorKind::malformed, "its password is either in its address or in a file");
  return {};
}

Result<std::optional<serve::StoreOptions>> StoreWish::options() const
{
  if (!url) return std::nullopt;
  serve::StoreOptions wish{*url, authorities};
  if (wish.url.password.empty()) {
    auto password = secretFrom(passwordFile, "TUTTI_STORE_PASSWORD");
    if (!password) return tl::unexpected{password.error()};
    wish.url.password = std::move(*password);
  }
  if (const auto checked = wish.url.check(); !checked)
    return failure(checked.error().kind,
                   "The store " + wish.url.text() + ": " + checked.error().detail + '.');
  return wish;
}

} // namespace tutti::app
