#include <tutti/module/Approvals.hpp>

#include <array>
#include <openssl/sha.h>
#include <sstream>

#include <tutti/core/Base64.hpp>
#include <tutti/core/ByteString.hpp>

namespace tutti::module {

/// Each text with its length in front, so that no two lists of arguments are written the same.
std::string Approvals::hashOf(const patch::ProcessDescription& process)
{
  ByteString whole;
  ByteStringWriter out{whole};
  const auto add = [&out](const std::string& text) {
    out.u32(static_cast<std::uint32_t>(text.size()));
    out.text(text);
  };
  add(process.command);
  for (const auto& argument : process.arguments) add(argument);
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  ::SHA256(reinterpret_cast<const unsigned char*>(whole.data()), whole.size(), hash.data());
  return toBase64(std::as_bytes(std::span{hash}));
}

Approvals Approvals::parse(std::string_view text)
{
  Approvals approvals;
  std::istringstream words{std::string{text}};
  for (std::string word; words >> word;) {
    const auto hash = fromBase64(word);
    if (hash && hash->size() == SHA256_DIGEST_LENGTH) approvals.all_.insert(word);
  }
  return approvals;
}

std::string Approvals::encode() const
{
  std::string text;
  for (const auto& hash : all_) {
    if (!text.empty()) text += ' ';
    text += hash;
  }
  return text;
}

} // namespace tutti::module
