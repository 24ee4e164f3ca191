#include <tutti/jam/Listening.hpp>

#include <algorithm>

#include <tutti/net/RedPayload.hpp>
#include <tutti/stream/CaptureTime.hpp>
#include <tutti/time/Rounding.hpp>

namespace tutti::jam {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t kSeconds = 10;
constexpr time::TokenBucket::Limits kBeginnings{.atOnce = 4, .perSecond = 1}; // of one member's streams

Slot slotOf(std::uint32_t ssrc)
{
  return static_cast<Slot>(ssrc >> 16U);
}

/// Which codec a packet is in, also within redundancy.
std::optional<stream::Codec> codecOf(const net::RtpPacket& packet)
{
  if (packet.header.payloadType != stream::kRedPayloadType) return stream::codecOf(packet.header.payloadType);
  const auto blocks = net::parseRed(packet.payload);
  if (!blocks || blocks->empty()) return std::nullopt;
  return stream::codecOf(blocks->back().payloadType);
}

std::optional<PacketNotes> notesOf(const net::RtpPacket& packet)
{
  const auto said = packet.extension(PacketNotes::kExtension);
  return said ? PacketNotes::parse(*said) : std::nullopt;
}

std::optional<HostTime> capturedAt(const net::RtpPacket& packet)
{
  const auto said = packet.extension(stream::kCaptureTimeExtension);
  return said ? stream::parseCaptureTime(*said) : std::nullopt;
}

double share(std::uint64_t part, std::uint64_t whole)
{
  return whole == 0 ? 0 : std::min(1.0, static_cast<double>(part) / static_cast<double>(whole));
}

} // namespace

Listening::Ear::Ear(std::uint32_t source, const PacketNotes& said, stream::Decoder decoder,
                    audio::SampleRate device)
  : ssrc{source}
  , notes{said}
  , codec{decoder.codec()}
  , playout{std::make_shared<stream::Playout>(stream::Playout::Clocks{said.rate, device}, said.channels)}
  , intake{*playout, std::move(decoder), said.channels}
{}

void Listening::receive(const net::RtpPacket& packet, const room::Way& from, HostTime arrived)
{
  const std::lock_guard lock{mutex_};
  if (!isFresh(packet, arrived)) return;
  auto* const ear = earFor(packet, arrived);
  if (ear == nullptr) return;
  const auto now = time::HostClock::now();
  const auto way = ear->way.follow(from);
  if (way == WayInUse::Verdict::changed) ear->playout->takeAnotherWay(now);
  ear->reception.received(packet.header, net::ticksAt(arrived, ear->notes.rate.hertz()));
  if (const auto notes = notesOf(packet)) ear->shown.notes = *notes;
  ear->intake.receive(packet, arrived, now,
                      way == WayInUse::Verdict::another ? stream::Intake::Way::another
                                                        : stream::Intake::Way::usual,
                      ear->shown.notes.sentAfter);
  ear->shown.heardAt = arrived;
  if (const auto captured = capturedAt(packet)) {
    const auto first = ear->intake.placeOf(packet.header.timestamp);
    ear->shown.capturedThere = microsOf(*captured);
    ear->shown.usualArrival = ear->playout->usualArrival(first);
    tellCapture(*ear, first, microsOf(*captured));
  }
}

/// By our clock, once it is known how theirs stands to it.
void Listening::tellCapture(Ear& ear, SampleTime first, std::int64_t capturedThere)
{
  const auto clock = clocks_.find(slotOf(ear.ssrc));
  if (clock == clocks_.end() || !clock->second.relation) return;
  const double here = static_cast<double>(capturedThere) - clock->second.relation->offsetMicros;
  ear.playout->captured(first, hostTime(time::rounded(here)));
}

bool Listening::isFresh(const net::RtpPacket& packet, HostTime arrived)
{
  const auto clock = clocks_.find(slotOf(packet.header.ssrc));
  const auto captured = capturedAt(packet);
  if (clock == clocks_.end() || !clock->second.relation || !captured) return true;
  const bool isFresh = clock->second.relation->isFresh({microsOf(*captured)}, arrived);
  if (!isFresh) ++clock->second.stale;
  return isFresh;
}

Listening::Ear* Listening::earFor(const net::RtpPacket& packet, HostTime arrived)
{
  const auto known = ears_.find(slotOf(packet.header.ssrc));
  if (known != ears_.end() && known->second->ssrc == packet.header.ssrc) return known->second.get();
  // Stream numbers count up: an older one is what was on its way when the newer began.
  if (known != ears_.end() && known->second->ssrc > packet.header.ssrc) return nullptr;
  const auto notes = notesOf(packet);
  return notes ? begin(packet, *notes, arrived) : nullptr;
}

bool Listening::mayBegin(Slot slot, HostTime now)
{
  if (ears_.size() >= kMostEars && !ears_.contains(slot)) return false;
  return beginnings_.try_emplace(slot, kBeginnings, now).first->second.tryTake(now);
}

Listening::Ear* Listening::begin(const net::RtpPacket& packet, const PacketNotes& notes, HostTime arrived)
{
  const auto slot = slotOf(packet.header.ssrc);
  const auto codec = codecOf(packet);
  if (!codec || !mayBegin(slot, arrived)) return nullptr;
  auto decoder = stream::Decoder::open(*codec, notes.rate, notes.channels);
  if (!decoder) return nullptr;
  auto ear = std::make_unique<Ear>(packet.header.ssrc, notes, std::move(*decoder), device_);
  if (const auto intent = intents_.find(slot); intent != intents_.end())
    ear->playout->setIntent(intent->second);
  ear->playout->setTempo(tempo_);
  if (const auto mode = modes_.find(slot); mode != modes_.end()) apply(mode->second, *ear->playout);
  tellBegun({slot, notes.channels, ear->playout});
  auto* const made = ear.get();
  ears_.insert_or_assign(slot, std::move(ear));
  return made;
}

/// An older one that nobody has fetched yet is not kept for that.
void Listening::tellBegun(Begun begun)
{
  std::erase_if(begun_, [&begun](const Begun& older) { return older.slot == begun.slot; });
  begun_.push_back(std::move(begun));
}

void Listening::receiveReport(const net::RtcpReport& report, std::uint32_t ours, HostTime now)
{
  const std::lock_guard lock{mutex_};
  for (std::size_t i = 0; i < report.blocks.size(); ++i)
    if (report.blocks[i].ssrc == ours) redundancy_.reported(report.ssrc, report.blocks[i], now);
}

void Listening::tick(HostTime now)
{
  const std::lock_guard lock{mutex_};
  for (auto& [slot, ear] : ears_) look(*ear, now);
}

void Listening::look(Ear& ear, HostTime now)
{
  ear.shown.playout = ear.playout->statistics();
  ear.shown.channels = ear.notes.channels;
  if (now - ear.countedAt >= 1s) count(ear, now);
}

void Listening::count(Ear& ear, HostTime now)
{
  ear.countedAt = now;
  const auto& played = ear.shown.playout;
  const auto packets = static_cast<std::int64_t>(ear.reception.packets());
  ear.seconds.push_back(
    {packets + ear.reception.lost(), ear.reception.lost(), played.played, played.late, played.concealed});
  if (ear.seconds.size() > kSeconds + 1) ear.seconds.erase(ear.seconds.begin());
  const auto& from = ear.seconds.front();
  const auto& to = ear.seconds.back();
  const auto positive = [](std::int64_t count) {
    return static_cast<std::uint64_t>(std::max<std::int64_t>(count, 0));
  };
  ear.shown.lostShare = share(positive(to.lost - from.lost), positive(to.expected - from.expected));
  ear.shown.lateShare = share(to.late - from.late, to.played - from.played);
  ear.shown.concealedShare = share(to.concealed - from.concealed, to.played - from.played);
}

std::vector<Listening::Begun> Listening::takeBegun()
{
  const std::lock_guard lock{mutex_};
  return std::exchange(begun_, {});
}

void Listening::forget(Slot slot)
{
  const std::lock_guard lock{mutex_};
  ears_.erase(slot);
  intents_.erase(slot);
  modes_.erase(slot);
  clocks_.erase(slot);
  beginnings_.erase(slot);
  std::erase_if(begun_, [slot](const Begun& begun) { return begun.slot == slot; });
}

void Listening::setDeviceRate(audio::SampleRate device)
{
  const std::lock_guard lock{mutex_};
  if (device == device_) return;
  device_ = device;
  ears_.clear();       // the next packet of each begins it anew:
  beginnings_.clear(); // our own doing
  begun_.clear();
}

void Listening::setIntent(Slot slot, stream::Intent intent)
{
  const std::lock_guard lock{mutex_};
  intents_[slot] = intent;
  if (const auto ear = ears_.find(slot); ear != ears_.end()) ear->second->playout->setIntent(intent);
}

void Listening::setClock(Slot slot, const std::optional<room::ClockSync::Relation>& relation)
{
  const std::lock_guard lock{mutex_};
  clocks_[slot].relation = relation;
}

void Listening::setTempo(const time::TempoTrack& tempo)
{
  const std::lock_guard lock{mutex_};
  tempo_ = tempo;
  for (auto& [slot, ear] : ears_) ear->playout->setTempo(tempo);
}

void Listening::setMode(Slot slot, stream::DelayMode mode, Micros before, Micros after)
{
  const std::lock_guard lock{mutex_};
  const auto& now = modes_[slot] = {mode, before, after};
  if (const auto ear = ears_.find(slot); ear != ears_.end()) apply(now, *ear->second->playout);
}

void Listening::apply(const Mode& mode, stream::Playout& playout)
{
  playout.setElsewhere(mode.before, mode.after);
  playout.setMode(mode.mode);
}

void Listening::reset(Slot slot)
{
  const std::lock_guard lock{mutex_};
  if (const auto ear = ears_.find(slot); ear != ears_.end()) ear->second->playout->reset();
}

std::optional<StreamReport> Listening::report(Slot slot) const
{
  const std::lock_guard lock{mutex_};
  const auto ear = ears_.find(slot);
  if (ear == ears_.end()) return std::nullopt;
  auto shown = ear->second->shown;
  if (const auto clock = clocks_.find(slot); clock != clocks_.end()) shown.stale = clock->second.stale;
  return shown;
}

net::RtcpReport Listening::makeReport(std::uint32_t ours)
{
  const std::lock_guard lock{mutex_};
  net::RtcpReport report;
  report.ssrc = ours;
  for (auto& [slot, ear] : ears_)
    if (!report.blocks.tryAdd(ear->reception.report(ear->ssrc))) break;
  return report;
}

std::size_t Listening::earlierFrames(HostTime now) const
{
  const std::lock_guard lock{mutex_};
  return redundancy_.earlierFrames(now);
}

} // namespace tutti::jam
