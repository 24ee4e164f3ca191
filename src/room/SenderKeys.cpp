#include <tutti/room/SenderKeys.hpp>

#include <algorithm>
#include <chrono>

#include "Fields.hpp"
#include "Sodium.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr auto kBetweenEpochs = 1s;  // spec room R-3
constexpr auto kLongestWait = 500ms; // for who does not confirm
constexpr auto kGiveAgain =
  2500ms; // to who does not, hello by hello: letters get lost, and who lost one cannot say so

} // namespace

ByteString KeyLetter::seal(const MemberKeys& from, const Card& to) const
{
  ByteString message;
  ByteStringWriter out{message};
  out.bytes(from.id().bytes());
  out.bytes(to.id.bytes());
  out.u16(epoch);
  out.bytes(key);
  auto letter = from.seal(message, to.box);
  sodium_memzero(message.data(), message.size());
  return letter;
}

std::optional<KeyLetter> KeyLetter::open(std::span<const std::byte> letter, const MemberKeys& us,
                                         const Card& from)
{
  const auto message = us.open(letter, from.box);
  if (!message) return std::nullopt;
  ByteReader in{*message};
  const auto writer = in.bytes(MemberId::kSize);
  const auto reader = in.bytes(MemberId::kSize);
  const auto epoch = in.u16();
  const auto key = readArray<net::SrtpKey>(in);
  if (!writer || !reader || !epoch || !key || !in.atEnd()) return std::nullopt;
  if (MemberId::fromBytes(*writer) != from.id || MemberId::fromBytes(*reader) != us.id()) return std::nullopt;
  return KeyLetter{*epoch, *key};
}

net::SrtpKey SenderKeys::drawKey()
{
  net::SrtpKey key{};
  fillRandom(key);
  return key;
}

SenderKeys::SenderKeys(DrawKey draw)
  : draw_{draw}
{}

std::vector<SenderKeys::Action> SenderKeys::setMembers(const std::set<MemberId>& others, HostTime now)
{
  if (current_ && others == others_) return advance(now);
  others_ = others;
  std::erase_if(confirmed_, [this](const MemberId& member) { return !others_.contains(member); });
  isChangeDue_ = true;
  return advance(now);
}

std::vector<SenderKeys::Action> SenderKeys::begin(HostTime now)
{
  const auto epoch = static_cast<net::Epoch>(current_ ? current_->epoch + 1 : 1);
  current_ = KeyLetter{epoch, draw_()};
  isChangeDue_ = false;
  isCurrentUsed_ = false;
  begunAt_ = now;
  givenAt_ = now;
  confirmed_.clear();
  std::vector<Action> actions;
  for (const auto& other : others_) actions.push_back(Give{other, *current_});
  const auto more = useIfReady(now);
  actions.insert(actions.end(), more.begin(), more.end());
  return actions;
}

std::vector<SenderKeys::Action> SenderKeys::useIfReady(HostTime now)
{
  if (!current_ || isCurrentUsed_) return {};
  const bool isFirst = current_->epoch == 1; // there is no older one to go on with
  const bool haveAll = std::ranges::includes(confirmed_, others_);
  if (!isFirst && !haveAll && now - begunAt_ < kLongestWait) return {};
  isCurrentUsed_ = true;
  return {Use{*current_}};
}

std::vector<SenderKeys::Action> SenderKeys::confirmed(const MemberId& member, net::Epoch epoch, HostTime now)
{
  if (!current_ || epoch != current_->epoch || !others_.contains(member)) return {};
  confirmed_.insert(member);
  return useIfReady(now);
}

std::vector<SenderKeys::Action> SenderKeys::askedAgain(const MemberId& member, HostTime)
{
  if (!current_ || !others_.contains(member)) return {};
  return {Give{member, *current_}};
}

std::vector<SenderKeys::Action> SenderKeys::advance(HostTime now)
{
  if (!current_ && others_.empty()) return {};
  if (isChangeDue_ && (!current_ || now - begunAt_ >= kBetweenEpochs)) return begin(now);
  auto actions = useIfReady(now);
  if (!current_ || now - givenAt_ < kGiveAgain) return actions;
  givenAt_ = now;
  for (const auto& other : others_)
    if (!confirmed_.contains(other)) actions.push_back(Give{other, *current_});
  return actions;
}

std::optional<HostTime> SenderKeys::nextDeadline() const
{
  if (!current_ && others_.empty()) return std::nullopt;
  if (!current_) return HostTime{};
  if (!isCurrentUsed_) return begunAt_ + kLongestWait;
  if (isChangeDue_) return begunAt_ + kBetweenEpochs;
  if (!std::ranges::includes(confirmed_, others_)) return givenAt_ + kGiveAgain;
  return std::nullopt;
}

} // namespace tutti::room
