// What sites say to each other about channels: whatever is read survives a round trip, and a site that hears
// it neither breaks, nor sends what nobody asked for, nor publishes more than it may. The bytes are messages,
// each after its length in two bytes; the length also says what happens here meanwhile.
#include <algorithm>
#include <set>
#include <span>

#include <tutti/linkaudio/CarriedId.hpp>
#include <tutti/linkaudio/SiteCarrier.hpp>

#include "Require.hpp"

using namespace tutti;
using namespace tutti::linkaudio;
using fuzz::require;

namespace {

room::MemberId member(std::uint8_t number)
{
  std::array<std::byte, room::MemberId::kSize> bytes{};
  bytes[0] = std::byte{number};
  return room::MemberId{bytes};
}

const ChannelId kDrums{NodeId{{'c', 'h', 'a', 'n', 'n', 'e', 'l', '1'}}};

/// What a site was told to do must be told in order.
struct Shell {
  void perform(const SiteCarrier::Actions& actions)
  {
    require(actions.size() < 1000);
    for (const auto& action : actions) {
      if (const auto* say = std::get_if<SiteCarrier::ToRoom>(&action)) {
        const auto bytes = encode(say->message);
        require(bytes.size() + room::Signature{}.size() <= kLargestCarrierMessage);
        require(parseCarrierMessage(bytes).value() == say->message);
      } else if (const auto* publish = std::get_if<SiteCarrier::Publish>(&action)) {
        require(isCarried(publish->carried) && publish->name.size() < 256);
        published.insert(publish->carried);
      } else if (const auto* withdraw = std::get_if<SiteCarrier::Withdraw>(&action)) {
        require(published.erase(withdraw->carried) == 1);
      } else if (const auto* send = std::get_if<SiteCarrier::Send>(&action)) {
        require(sending.insert(send->channel).second);
      } else if (const auto* stop = std::get_if<SiteCarrier::StopSending>(&action)) {
        require(sending.erase(stop->channel) == 1);
      } else if (const auto* hear = std::get_if<SiteCarrier::Hear>(&action)) {
        require(hear->flow.stream != 0 && hearing.insert(hear->carried).second);
      } else if (const auto* deaf = std::get_if<SiteCarrier::StopHearing>(&action)) {
        require(hearing.erase(deaf->carried) == 1);
      }
    }
    require(published.size() <= SiteCarrier::kMostPublished);
  }

  std::set<ChannelId> published, sending, hearing;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  auto rest = std::as_bytes(std::span{data, size});
  auto now = HostTime{} + std::chrono::hours{1};
  SiteCarrier site{member(2)};
  Shell shell;
  const std::vector<SiteCarrier::Fellow> room{{member(1), "Anna"}, {member(2), "Ben"}, {member(3), "Carl"}};
  shell.perform(site.seeRoom(room, true, now));
  shell.perform(site.seeLan({{kDrums, "Drums", "Live"}}, now));
  shell.perform(site.choose({kDrums}, now));
  for (std::uint8_t turn = 1; rest.size() >= 2; ++turn) {
    const auto told = std::to_integer<std::size_t>(rest[0]) * 256 + std::to_integer<std::size_t>(rest[1]);
    const auto length = std::min(told, rest.size() - 2);
    const auto bytes = rest.subspan(2, length);
    rest = rest.subspan(2 + length);
    now += std::chrono::milliseconds{4 * length};
    if (const auto message = parseCarrierMessage(bytes)) {
      require(parseCarrierMessage(encode(*message)).value() == *message);
      shell.perform(site.hear(member(turn % 2 == 0 ? 3 : 1), *message, now));
    }
    for (const auto& published : site.published())
      if ((length + std::to_integer<std::size_t>(published.carried.bytes.bytes()[7])) % 2 == 0)
        shell.perform(site.isHeard(published.carried, length % 3 != 0, now));
    if (length % 7 == 0) shell.perform(site.seeRoom(room, length % 2 == 0, now));
    if (length % 11 == 0 && !site.published().empty())
      shell.perform(site.seeLan(
        {{kDrums, "Drums", "Live"}, {site.published()[0].carried, "Bass", "Berta", length % 3 == 0}}, now));
    if (length % 5 == 0)
      shell.perform(site.flows(kDrums, SiteCarrier::Flow{turn, stream::Codec::pcm16, 1, {}}, now));
    if (site.nextDeadline() <= now) shell.perform(site.advance(now));
    require(shell.published.size() == site.published().size());
  }
  shell.perform(site.leave(now));
  require(shell.published.empty() && shell.sending.empty() && shell.hearing.empty());
  return 0;
}
