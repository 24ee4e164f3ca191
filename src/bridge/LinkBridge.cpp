#include <tutti/bridge/LinkBridge.hpp>

#include <future>
#include <utility>

#include <asio/post.hpp>

#include "LinkBridgeMachinery.hpp"

namespace tutti::bridge {
namespace {

constexpr auto kAbout = room::Ensemble::BridgeWord::About::session;

} // namespace

LinkBridge::LinkBridge(link::Link& link, asio::io_context& control, room::Session& session,
                       const Rights& ours)
  : session_{session}
  , control_{control}
  , machinery_{std::make_shared<Machinery>(link, control, session, ours)}
{
  asio::post(control_, [machinery = machinery_] { machinery->begin(); });
  session_.onBridgeWord(kAbout,
                        [&control, weak = std::weak_ptr{machinery_}](room::Ensemble::BridgeWord word) {
                          asio::post(control, [weak, word = std::move(word)] {
                            if (const auto machinery = weak.lock()) machinery->hear(word);
                          });
                        });
}

LinkBridge::~LinkBridge()
{
  session_.onBridgeWord(kAbout, {});
  std::promise<void> done;
  asio::post(control_, [this, &done] {
    machinery_->end();
    done.set_value();
  });
  done.get_future().wait();
}

void LinkBridge::setRights(const Rights& ours)
{
  asio::post(control_, [machinery = machinery_, ours] { machinery->setRights(ours); });
}

Snapshot LinkBridge::snapshot() const
{
  return *machinery_->snapshot();
}

} // namespace tutti::bridge
