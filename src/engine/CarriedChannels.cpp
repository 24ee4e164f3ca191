#include <tutti/engine/CarriedChannels.hpp>

namespace tutti::engine {
namespace {

linkaudio::SiteCompany companyOf(const bridge::Snapshot& bridge)
{
  linkaudio::SiteCompany company{{}, bridge.leads, bridge.session};
  for (const auto& site : bridge.sites)
    if (site.isInSession) company.sites.insert(site.member);
  return company;
}

} // namespace

CarriedChannels::CarriedChannels() = default;

CarriedChannels::~CarriedChannels()
{
  part();
}

void CarriedChannels::meet(room::Session& session)
{
  const std::lock_guard lock{mutex_};
  session_ = &session;
  begin();
}

void CarriedChannels::part()
{
  const std::lock_guard lock{mutex_};
  end();
  session_ = nullptr;
}

void CarriedChannels::use(linkaudio::LinkAudio& audio)
{
  const std::lock_guard lock{mutex_};
  audio_ = &audio;
  begin();
}

void CarriedChannels::lose()
{
  const std::lock_guard lock{mutex_};
  end();
  audio_ = nullptr;
}

void CarriedChannels::begin()
{
  if (channels_ || session_ == nullptr || audio_ == nullptr) return;
  channels_ = std::make_unique<linkaudio::SiteChannels>(*audio_, *session_);
  channels_->carry(wish_);
  const std::lock_guard lock{earMutex_};
  ear_ = channels_.get();
}

void CarriedChannels::end()
{
  {
    const std::lock_guard lock{earMutex_};
    ear_ = nullptr;
  }
  channels_.reset();
}

void CarriedChannels::follow(const bridge::Snapshot& bridge)
{
  const std::lock_guard lock{mutex_};
  if (channels_) channels_->follow(companyOf(bridge));
}

void CarriedChannels::carry(const linkaudio::CarryWish& wish)
{
  const std::lock_guard lock{mutex_};
  if (wish == wish_) return;
  wish_ = wish;
  if (channels_) channels_->carry(wish_);
}

bool CarriedChannels::arrived(net::StreamId from, std::span<const std::byte> packet, HostTime at)
{
  if (from.stream < linkaudio::SiteChannels::kFirstStream) return false;
  const std::lock_guard lock{earMutex_};
  if (ear_ != nullptr) ear_->receive(from, packet, at);
  return true;
}

bool CarriedChannels::areTravelling() const
{
  const std::lock_guard lock{mutex_};
  return channels_ != nullptr;
}

linkaudio::SiteChannelsSnapshot CarriedChannels::snapshot() const
{
  const std::lock_guard lock{mutex_};
  return channels_ ? channels_->snapshot() : linkaudio::SiteChannelsSnapshot{};
}

} // namespace tutti::engine
