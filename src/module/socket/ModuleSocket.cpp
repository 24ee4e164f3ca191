#include <tutti/module/ModuleSocket.hpp>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <utility>
#include <vector>

#include <tutti/module/Membership.hpp>
#include <tutti/module/Passage.hpp>
#include <tutti/rt/Priority.hpp>

#include "LocalPassage.hpp"

namespace tutti::module {
namespace {

using time::HostClock;

constexpr Micros kLook{20'000}; // how often we look for messages at least
constexpr Micros kForever{3'600'000'000};

std::vector<std::pair<std::string, OpenPassage>>& taught()
{
  static std::vector<std::pair<std::string, OpenPassage>> all;
  return all;
}

std::string fromEnvironment(const char* name)
{
  const char* text = std::getenv(name);
  return text == nullptr ? std::string{} : std::string{text};
}

Result<std::unique_ptr<Passage>> openPassage(const std::string& address)
{
  for (const auto& [beginning, open] : taught())
    if (address.starts_with(beginning)) return open(address);
  if (address.find("://") != std::string::npos)
    return failure(ErrorKind::malformed, "Nobody here knows the way to '" + address + "'.");
  return openLocalPassage(address);
}

/// All channels of one direction, one after the other.
template <class Sample> struct Channels {
  std::vector<float> samples;
  std::vector<std::span<Sample>> views;

  Channels(std::size_t count, std::size_t frames)
    : samples(count * frames)
  {
    for (std::size_t i = 0; i < count; ++i) views.push_back(std::span{samples}.subspan(i * frames, frames));
  }
};

} // namespace

void teachPassage(std::string beginning, OpenPassage open)
{
  taught().emplace_back(std::move(beginning), std::move(open));
}

class ModuleSocket::Inner {
public:
  Inner(std::unique_ptr<Passage> passage, Hello hello, const Options& options)
    : passage_{std::move(passage)}
    , membership_{std::move(hello), HostClock::now(), options.patience}
    , isUrgent_{options.isUrgent}
  {}

  Result<void> join()
  {
    while (!over_ && !membership_.isIn()) {
      converse();
      if (!over_ && !membership_.isIn()) passage_->wait(std::min(kLook, untilDue()));
    }
    if (over_) return tl::unexpected{*over_};
    return {};
  }

  std::optional<Error> playFor(Micros moment, const Player& player)
  {
    const auto end = HostClock::now() + moment;
    if (std::exchange(isUrgent_, false)) static_cast<void>(rt::becomeUrgent(rt::Urgency::media));
    for (auto now = HostClock::now(); !over_ && now < end && !isStopped_; now = HostClock::now()) {
      if (now >= lookAt_) converse();
      if (!over_ && !playOne(player)) passage_->wait(std::min({kLook, untilDue(), end - now}));
    }
    if (isStopped_) leave("It was stopped.");
    return over_;
  }

  void leave(std::string_view reason) { perform(membership_.leave(reason)); }
  void stop() noexcept { isStopped_ = true; }
  [[nodiscard]] const Welcome& welcome() const { return welcome_; }

private:
  /// Hears what was said, says what is due.
  void converse()
  {
    while (!over_) {
      const auto packet = passage_->tryReceive();
      if (!packet) break;
      perform(membership_.receive(*packet, HostClock::now()));
    }
    if (!over_ && passage_->isGone()) perform(membership_.hungUp());
    const auto now = HostClock::now();
    perform(membership_.advance(now));
    lookAt_ = now + std::min(kLook, untilDue()); // or it would go round and round until then
  }

  void perform(const MembershipActions& actions)
  {
    for (const auto& action : actions) {
      if (const auto* say = std::get_if<Say>(&action)) passage_->send(encode(say->message));
      if (const auto* joined = std::get_if<Joined>(&action)) getReady(joined->welcome);
      if (const auto* parted = std::get_if<Parted>(&action)) over_ = parted->why;
    }
  }

  void getReady(const Welcome& welcome)
  {
    if (const auto ready = passage_->prepare(welcome); !ready) {
      leave(ready.error().detail);
      over_ = ready.error();
      return;
    }
    welcome_ = welcome;
    const auto& shape = welcome.shape;
    inputs_ = {shape.inputs, shape.block};
    outputs_ = {shape.outputs, shape.block};
  }

  bool playOne(const Player& player)
  {
    const auto moment = passage_->tryTake(inputs_.samples);
    if (!moment) return false;
    std::ranges::fill(outputs_.samples, 0.0F);
    Turn turn{*moment, inputs_.views, outputs_.views, welcome_.shape.block, welcome_.rate};
    player(turn);
    passage_->answer(*moment, outputs_.samples);
    return true;
  }

  [[nodiscard]] Micros untilDue() const
  {
    const auto due = membership_.nextDeadline();
    return due ? std::max(*due - HostClock::now(), Micros{0}) : kForever;
  }

  std::unique_ptr<Passage> passage_;
  Membership membership_;
  Welcome welcome_;
  Channels<const float> inputs_{0, 0};
  Channels<float> outputs_{0, 0};
  std::optional<Error> over_;
  HostTime lookAt_{};
  bool isUrgent_;
  std::atomic<bool> isStopped_{false};
};

Result<ModuleSocket> ModuleSocket::connect(Card card, const Options& options)
{
  if (const auto checked = check(card); !checked) return tl::unexpected{checked.error()};
  const auto address = options.address.empty() ? fromEnvironment("TUTTI_MODULE_SOCKET") : options.address;
  auto token = options.token.empty() ? fromEnvironment("TUTTI_MODULE_TOKEN") : options.token;
  auto passage = openPassage(address);
  if (!passage) return tl::unexpected{passage.error()};
  auto inner =
    std::make_unique<Inner>(std::move(*passage), Hello{std::move(token), std::move(card)}, options);
  if (const auto joined = inner->join(); !joined) return tl::unexpected{joined.error()};
  return ModuleSocket{std::move(inner)};
}

ModuleSocket::ModuleSocket(std::unique_ptr<Inner> inner)
  : inner_{std::move(inner)}
{}
ModuleSocket::ModuleSocket(ModuleSocket&&) noexcept = default;
ModuleSocket& ModuleSocket::operator=(ModuleSocket&&) noexcept = default;

ModuleSocket::~ModuleSocket()
{
  if (inner_) inner_->leave("It has ended.");
}

Error ModuleSocket::play(const Player& player)
{
  for (;;)
    if (auto over = playFor(kForever, player)) return *std::move(over);
}

std::optional<Error> ModuleSocket::playFor(Micros moment, const Player& player)
{
  return inner_->playFor(moment, player);
}

void ModuleSocket::stop() noexcept
{
  inner_->stop();
}

void ModuleSocket::leave(std::string_view reason)
{
  inner_->leave(reason);
}

std::uint32_t ModuleSocket::rate() const
{
  return inner_->welcome().rate;
}

std::uint32_t ModuleSocket::block() const
{
  return inner_->welcome().shape.block;
}

} // namespace tutti::module
