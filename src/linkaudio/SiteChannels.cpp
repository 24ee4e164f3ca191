#include <tutti/linkaudio/SiteChannels.hpp>

#include <future>
#include <utility>

#include <asio/post.hpp>

#include "SiteChannelsMachinery.hpp"

namespace tutti::linkaudio {
namespace {

constexpr auto kAbout = room::Ensemble::BridgeWord::About::channels;

} // namespace

SiteChannels::SiteChannels(LinkAudio& audio, room::Session& session)
  : audio_{audio}
  , session_{session}
  , machinery_{std::make_shared<Machinery>(audio, session)}
{
  asio::post(audio_.network(), [machinery = machinery_] { machinery->begin(); });
  session_.onBridgeWord(
    kAbout, [&network = audio_.network(), weak = std::weak_ptr{machinery_}](room::Ensemble::BridgeWord word) {
      asio::post(network, [weak, word = std::move(word)] {
        if (const auto machinery = weak.lock()) machinery->hear(word);
      });
    });
}

SiteChannels::~SiteChannels()
{
  session_.onBridgeWord(kAbout, {});
  std::promise<void> done;
  asio::post(audio_.network(), [this, &done] {
    machinery_->end();
    done.set_value();
  });
  done.get_future().wait();
}

void SiteChannels::carry(const CarryWish& wish)
{
  asio::post(audio_.network(), [machinery = machinery_, wish] { machinery->carry(wish); });
}

void SiteChannels::follow(const SiteCompany& company)
{
  asio::post(audio_.network(), [machinery = machinery_, company] { machinery->follow(company); });
}

void SiteChannels::receive(net::StreamId from, std::span<const std::byte> packet, HostTime arrived)
{
  if (!machinery_->mayCome()) return;
  asio::post(audio_.network(),
             [machinery = machinery_, from, bytes = ByteString{packet.begin(), packet.end()}, arrived] {
               machinery->receive(from, bytes, arrived);
             });
}

SiteChannelsSnapshot SiteChannels::snapshot() const
{
  return machinery_->snapshot();
}

} // namespace tutti::linkaudio
