#include "JamImpl.hpp"

namespace tutti::engine {

void Jam::Impl::setBridging(bool isWanted)
{
  {
    const std::lock_guard lock{mutex_};
    if (settings_.isBridging == isWanted) return;
    settings_.isBridging = isWanted;
  }
  changed();
  errands_.doSoon([this] { attendBridge(); });
}

void Jam::Impl::setBridgeRights(const bridge::Rights& rights)
{
  {
    const std::lock_guard lock{mutex_};
    if (settings_.bridgeRights == rights) return;
    settings_.bridgeRights = rights;
    if (bridge_) bridge_->setRights(rights);
  }
  changed();
}

/// On the errands' thread, which alone joins and leaves: whoever says goodbye must still have a session.
void Jam::Impl::attendBridge()
{
  std::unique_ptr<bridge::LinkBridge> over;
  {
    const std::lock_guard lock{mutex_};
    const bool isDue = settings_.isBridging && settings_.bridgeOpener && session_ && !isAlone_;
    if (isDue == (bridge_ != nullptr)) return;
    if (isDue)
      bridge_ = settings_.bridgeOpener(*session_, settings_.bridgeRights);
    else
      over = std::move(bridge_);
  }
  if (over)
    channels_.carried().part();
  else
    meetSites();
  over.reset(); // waits for its goodbyes, and nobody else has to
  changed();
}

/// Errands alone end the session: it stays for as long as this takes.
void Jam::Impl::meetSites()
{
  room::Session* session = nullptr;
  {
    const std::lock_guard lock{mutex_};
    session = session_.get();
  }
  channels_.carried().meet(*session);
}

BridgeStatus Jam::Impl::bridge()
{
  const std::lock_guard lock{mutex_};
  BridgeStatus status{settings_.isBridging, settings_.bridgeRights, std::nullopt};
  if (bridge_) status.atWork = bridge_->snapshot();
  return status;
}

} // namespace tutti::engine
