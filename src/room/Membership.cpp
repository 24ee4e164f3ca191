#include "Membership.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include <tutti/core/Log.hpp>

#include "Resolve.hpp"

namespace tutti::room {
namespace {

using namespace std::chrono_literals;

constexpr Micros kLongestPause = 1min;

tl::unexpected<Error> refused(const wire::Refusal& refusal)
{
  const bool isPassword = refusal.code == "wrong-password";
  return failure(isPassword ? ErrorKind::unauthorized : ErrorKind::refused, refusal.sentence);
}

/// Many things at once, as after the server was away: the rest is heard a little later.
bool isTooFast(const Result<DirectoryClient::Reply>& answer)
{
  return answer && !answer->isGood() && answer->refusal().code == "too-fast";
}

/// Nobody will let us in again. Locks are opened, full rooms get emptier, and a room in which we have been is
/// ours: who has opened another one in its place after a restart may have to give it back.
bool isFinal(const wire::Refusal& refusal)
{
  return refusal.code == "kicked" || refusal.code == "version";
}

bool isOfAnotherRoom(const wire::Refusal& refusal)
{
  return refusal.code == "wrong-secret" || refusal.code == "wrong-password";
}

constexpr const char* kAnotherRoom =
  "The server has another room in the place of this one now. Tutti goes on asking for yours; if that lasts, "
  "ask for a new invitation.";

} // namespace

Result<wire::JoinReply> Membership::join(DirectoryClient& client, const wire::JoinRequest& request)
{
  const auto answer = client.post("members", request.encode());
  if (!answer) return tl::unexpected{answer.error()};
  if (!answer->isGood()) return refused(answer->refusal());
  auto reply = wire::JoinReply::parse(answer->body);
  if (!reply) return failure(ErrorKind::malformed, "The server gave an answer that cannot be read.");
  return reply;
}

Membership::Membership(const Invitation& invitation, wire::JoinRequest request, const wire::JoinReply& joined,
                       std::function<void(Heard)> heard)
  : invitation_{invitation}
  , join_{std::move(request)}
  , open_{joined.room, hashOfToken(join_.token)}
  , heard_{std::move(heard)}
  , polling_{invitation}
  , posting_{invitation}
  , inquiring_{invitation}
  , pass_{joined.pass}
  , revision_{joined.update.revision}
{
  join_.wantedSlot = joined.slot;
  pollThread_ = std::thread{[this] { poll(); }};
  postThread_ = std::thread{[this] { post(); }};
  inquiryThread_ = std::thread{[this] { inquire(); }};
}

Membership::~Membership()
{
  {
    const std::lock_guard lock{mutex_};
    isStopping_ = true;
  }
  wake_.notify_all();
  posting_.interrupt();
  inquiring_.interrupt();
  postThread_.join();
  inquiryThread_.join();
  static_cast<void>(posting_.post("leave", request().encode())); // also ends our own poll
  polling_.interrupt();
  pollThread_.join();
}

wire::MemberRequest Membership::request() const
{
  const std::lock_guard lock{mutex_};
  wire::MemberRequest request;
  request.id = join_.id;
  request.pass = pass_;
  request.since = revision_;
  return request;
}

wire::MemberRequest Membership::pollRequest() const
{
  auto polling = request();
  const std::lock_guard lock{mutex_};
  polling.roundTrips = roundTrips_;
  return polling;
}

void Membership::tellRoundTrips(std::vector<wire::RoundTrip> roundTrips)
{
  const std::lock_guard lock{mutex_};
  roundTrips_ = std::move(roundTrips);
}

bool Membership::isStopping() const
{
  const std::lock_guard lock{mutex_};
  return isStopping_;
}

bool Membership::wasPollCut()
{
  const std::lock_guard lock{mutex_};
  return std::exchange(isPollCut_, false);
}

/// False: it is over.
bool Membership::pause(Micros time)
{
  std::unique_lock lock{mutex_};
  wake_.wait_for(lock, time, [this] { return isStopping_; });
  return !isStopping_;
}

void Membership::poll()
{
  for (;;) {
    const auto answer = polling_.post("poll", pollRequest().encode());
    if (isStopping()) return;
    if (wasPollCut() && !answer) continue;
    if (!answer) {
      heard_(Away{answer.error().detail});
      if (!pause()) return;
      continue;
    }
    if (!answer->isGood()) {
      if (!joinAgain() && !pause(betweenJoins_)) return;
      continue;
    }
    auto update = wire::Update::parse(answer->body);
    if (!update) {
      if (!pause()) return;
      continue;
    }
    {
      const std::lock_guard lock{mutex_};
      revision_ = update->revision;
    }
    heard_(std::move(*update));
  }
}

bool Membership::joinAgain()
{
  wire::JoinRequest again;
  {
    const std::lock_guard lock{mutex_};
    again = join_;
  }
  // After a restart there is no such room, or another one of the same name: ours is opened beside it. First,
  // as to ask for it in vain is a wrong guess, of which a band behind one address has too few. Where somebody
  // else has taken its id, it may be there by another one.
  if (!polling_.post("", open_.encode())) return false;
  const auto answer = polling_.post("members", again.encode());
  if (!answer) return false;
  if (!answer->isGood()) {
    heard_(turnedAway(answer->refusal()));
    return false;
  }
  auto reply = wire::JoinReply::parse(answer->body);
  if (!reply) return false;
  {
    const std::lock_guard lock{mutex_};
    pass_ = reply->pass;
    revision_ = reply->update.revision;
    join_.wantedSlot = reply->slot;
  }
  isAnotherThere_ = false;
  betweenJoins_ = kBetweenTries;
  log::room().info("back in the room '{}'", reply->room.name);
  heard_(Joined{std::move(*reply), addressesOf(invitation_.host)});
  return true;
}

/// To ask in vain is a guess, of which all behind our address have five a minute: others may need them.
Membership::Heard Membership::turnedAway(const wire::Refusal& refusal)
{
  if (isFinal(refusal)) return Out{refusal.sentence};
  const bool wasGuess = isOfAnotherRoom(refusal) || refusal.code == "too-fast";
  isAnotherThere_ = isOfAnotherRoom(refusal) || (wasGuess && isAnotherThere_);
  betweenJoins_ = wasGuess ? std::min(2 * betweenJoins_, kLongestPause) : kBetweenTries;
  return Away{isAnotherThere_ ? kAnotherRoom : refusal.sentence};
}

void Membership::enqueue(Post post)
{
  {
    const std::lock_guard lock{mutex_};
    constexpr std::size_t kMost = 256; // the directory is away: letters are written anew when it is back
    if (posts_.size() >= kMost) return;
    posts_.push_back(std::move(post));
  }
  wake_.notify_all();
}

void Membership::post()
{
  for (;;) {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [this] { return isStopping_ || isNewNetwork_ || !posts_.empty(); });
    if (isStopping_) return;
    if (std::exchange(isNewNetwork_, false)) {
      isPollCut_ = true;
      lock.unlock();
      posting_.interrupt();
      polling_.interrupt(); // may wait until it is connected, or not
      continue;
    }
    auto post = std::move(posts_.front());
    posts_.erase(posts_.begin());
    post.request.id = join_.id;
    post.request.pass = pass_;
    lock.unlock();
    // Twice: the first time on a connection that the directory may have closed by now, as nothing was said on
    // it.
    auto answer = posting_.post(post.what, post.request.encode());
    if (!answer && !isStopping()) answer = posting_.post(post.what, post.request.encode());
    // A card says where we are: nobody would say it again, unless we are elsewhere by then.
    const bool isLasting = post.what == "card";
    while ((isTooFast(answer) || (isLasting && !answer)) && !isSuperseded(post) && pause())
      answer = posting_.post(post.what, post.request.encode());
    if (!answer)
      log::room().debug("the directory did not hear '{}': {}", post.what, answer.error().detail);
    else if (!answer->isGood())
      log::room().debug("the directory did not take '{}': {}", post.what, answer->refusal().sentence);
  }
}

/// A newer card is on its way.
bool Membership::isSuperseded(const Post& post) const
{
  const std::lock_guard lock{mutex_};
  return post.what == "card" && std::ranges::find(posts_, post.what, &Post::what) != posts_.end();
}

void Membership::networkChanged()
{
  {
    const std::lock_guard lock{mutex_};
    isNewNetwork_ = true;
  }
  wake_.notify_all();
}

void Membership::postLetters(std::vector<wire::Letter> letters)
{
  for (std::size_t i = 0; i < letters.size(); i += wire::kMostLetters) {
    Post post{"letters", {}};
    const auto end = std::min(i + wire::kMostLetters, letters.size());
    post.request.letters.assign(letters.begin() + static_cast<std::ptrdiff_t>(i),
                                letters.begin() + static_cast<std::ptrdiff_t>(end));
    enqueue(std::move(post));
  }
}

void Membership::postOrder(ByteString order)
{
  Post post{"orders", {}};
  post.request.order = std::move(order);
  enqueue(std::move(post));
}

void Membership::postCard(ByteString card, const MemberKeys& owner)
{
  {
    const std::lock_guard lock{mutex_};
    join_.card = card;
    join_.prove(owner);
  }
  Post post{"card", {}};
  post.request.card = std::move(card);
  enqueue(std::move(post));
}

} // namespace tutti::room
