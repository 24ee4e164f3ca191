#include <tutti/endpoint/Announcement.hpp>

#include <algorithm>

#include <tutti/core/ShortText.hpp>
#include <tutti/core/Utf8.hpp>

namespace tutti::endpoint {
namespace {

constexpr std::string_view kMagic = "tutti endpoint";
constexpr std::uint8_t kVersion = 1;

} // namespace

bool isName(std::string_view text)
{
  return !text.empty() && text.size() <= kLongestName && isPlainText(text);
}

ByteString Announcement::encode() const
{
  ByteString bytes;
  ByteStringWriter out{bytes};
  out.text(kMagic);
  out.u8(kVersion);
  out.u8(isLeaving ? 1 : 0);
  out.bytes(server.bytes());
  out.u16(port);
  writeText(out, name);
  return bytes;
}

Result<Announcement> Announcement::parse(std::span<const std::byte> datagram)
{
  ByteReader in{datagram};
  const auto magic = in.bytes(kMagic.size());
  const auto version = in.u8();
  if (!magic || asText(*magic) != kMagic || !version) return failure(ErrorKind::malformed);
  if (*version != kVersion) return failure(ErrorKind::unsupported);
  const auto flags = in.u8();
  const auto server = in.bytes(ServerId::kSize);
  const auto port = in.u16();
  const auto name = readText(in);
  if (!flags || *flags > 1 || !server || !port || *port == 0 || !name || !isName(*name) || !in.atEnd())
    return failure(ErrorKind::malformed);
  return Announcement{ServerId::fromBytes(*server), *port, *flags == 1, *name};
}

bool LanServerTable::hear(const Announcement& said, const IpAddress& from, HostTime now)
{
  if (said.isLeaving) return forget(said.server, from);
  const LanServer fresh{said.server, said.name, {from, said.port}};
  const auto known = std::ranges::find(entries_, said.server, [](const Entry& e) { return e.server.id; });
  if (known == entries_.end()) return add(fresh, now);
  // Heard on several networks, also over loopback: the way that works is kept, a real address is better.
  const bool isBetter = known->server.at.address.isLoopback() && !from.isLoopback();
  if (known->server.at.address != from && !isBetter) return false;
  known->heardAt = now;
  const bool hasChanged = known->server != fresh;
  known->server = fresh;
  return hasChanged;
}

/// Only who said it was there can say that it leaves.
bool LanServerTable::forget(const ServerId& id, const IpAddress& from)
{
  return std::erase_if(entries_, [&](const Entry& entry) {
           return entry.server.id == id && entry.server.at.address == from;
         }) > 0;
}

bool LanServerTable::add(const LanServer& server, HostTime now)
{
  const auto ofOne = std::ranges::count(entries_, server.at.address,
                                        [](const Entry& entry) { return entry.server.at.address; });
  if (entries_.size() == kMost || ofOne >= kMostOfOne) return false;
  entries_.push_back({server, now});
  return true;
}

bool LanServerTable::advance(HostTime now)
{
  return std::erase_if(entries_, [now](const Entry& entry) { return now - entry.heardAt >= kSilence; }) > 0;
}

std::vector<LanServer> LanServerTable::servers() const
{
  std::vector<LanServer> servers;
  for (const auto& entry : entries_) servers.push_back(entry.server);
  std::ranges::sort(servers, {}, [](const LanServer& server) { return std::pair{server.name, server.id}; });
  return servers;
}

} // namespace tutti::endpoint
