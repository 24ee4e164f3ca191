#pragma once

#include <atomic>
#include <map>
#include <memory>
#include <mutex>
#include <optional>

#include <tutti/discovery/Alarm.hpp>
#include <tutti/linkaudio/ChannelArrival.hpp>
#include <tutti/linkaudio/ChannelDispatch.hpp>
#include <tutti/linkaudio/SiteCarrier.hpp>
#include <tutti/linkaudio/SiteChannels.hpp>
#include <tutti/linkaudio/Transit.hpp>
#include <tutti/net/RtcpReport.hpp>
#include <tutti/net/RtpReception.hpp>
#include <tutti/room/Session.hpp>
#include <tutti/stream/RedundancyControl.hpp>

namespace tutti::linkaudio {

/// Drives a `SiteCarrier`: shows it LAN, room and time, and does what it says.
///
/// Threads: network, but for `mayCome` and `snapshot`. Whatever is still on its way to it when it ends finds
///          it gone.
class SiteChannels::Machinery : public std::enable_shared_from_this<Machinery> {
public:
  Machinery(LinkAudio& audio, room::Session& session);

  void begin();
  void end();
  void carry(const CarryWish& wish);
  void follow(const SiteCompany& company);
  void hear(const room::Ensemble::BridgeWord& word);
  /// Whether one more packet may be on its way to us: counted until it is received.
  [[nodiscard]] bool mayCome();
  void receive(net::StreamId from, std::span<const std::byte> packet, HostTime arrived);
  [[nodiscard]] SiteChannelsSnapshot snapshot() const;

private:
  /// A channel of ours on its way. It stays when nobody asks for it any more: who asks again and again makes
  /// us begin no new stream each time.
  struct Sent {
    std::optional<ChannelDispatch> dispatch;
    net::StreamId id;
    HostTime openedAt{};
    std::unique_ptr<Tap> tap;
    stream::RedundancyControl redundancy;
    std::uint64_t packets = 0;
  };
  /// A stream that no channel has any more, and another may go on with: listeners keep keys for so many.
  struct Freed {
    net::StreamId id;
    std::uint16_t nextSequence = 0;
    HostTime at{};
  };
  struct Come {
    SiteCarrier::Hear what;
    ChannelArrival arrival;
    net::RtpReception reception;
    std::uint32_t ssrc = 0;
  };

  void look(HostTime now);
  void tryAgain();
  void showLan(HostTime now);
  void showRoom(HostTime now);
  void choose(HostTime now);
  void wake();
  void arm();
  void perform(const SiteCarrier::Actions& actions);
  void perform(const SiteCarrier::ToRoom& action);
  void perform(const SiteCarrier::Send& action);
  void perform(const SiteCarrier::StopSending& action);
  void perform(const SiteCarrier::Publish& action);
  void perform(const SiteCarrier::Withdraw& action);
  void perform(const SiteCarrier::Hear& action);
  void perform(const SiteCarrier::StopHearing& action);

  void dispatch(const ChannelId& channel, const AudioBuffer& buffer, HostTime arrived);
  [[nodiscard]] bool open(Sent& sent, const AudioBuffer& buffer, HostTime now);
  [[nodiscard]] std::optional<Freed> freshStream(HostTime now);
  void close(Sent& sent);
  void tellFlow(const ChannelId& channel, std::optional<SiteCarrier::Flow> flow);
  void send(Sent& sent);
  bool sendToRoom(const net::MediaDatagram& packet);
  void receiveReport(std::span<const std::byte> packet, HostTime arrived);
  void sendReport(HostTime now);
  void passOn(const ChannelId& carried, Come& come, HostTime now);
  Come* comeBy(net::StreamId from);
  void publish();

  LinkAudio& audio_;
  room::Session& session_;
  SiteCarrier carrier_;
  CarryWish wish_;
  SiteCompany company_;
  room::Session::Status room_;
  std::vector<Channel> lan_;
  std::map<ChannelId, Sent> sent_;
  std::map<ChannelId, std::unique_ptr<Feed>> feeds_;
  std::map<ChannelId, Come> come_;
  std::uint16_t streams_ = kFirstStream; // given out; the first is for reports
  std::vector<Freed> freed_;
  std::string problem_; // since we looked last
  HostTime lookAt_{};
  HostTime reportAt_{};
  HostTime pulseAt_{};
  discovery::Alarm alarm_;
  bool isOver_ = false;

  std::atomic<bool> isHearing_ = false;
  std::atomic<int> underWay_ = 0;
  mutable std::mutex snapshotMutex_;
  SiteChannelsSnapshot snapshot_; // under snapshotMutex_
};

} // namespace tutti::linkaudio
