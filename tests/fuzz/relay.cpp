// A TURN client between a server that does what it likes and an owner who does not stop asking. The input is
// a list of steps: what, and two bytes that say how.
//
// It never sends to anybody but the server, or to those that the server pointed to; a stranger gets nothing;
// no relay without the password's seal; time always goes on; no call brings more than a handful of packets.
#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <tutti/net/StunCredentials.hpp>
#include <tutti/net/TurnClient.hpp>

#include "Require.hpp"
#include "TurnSteps.hpp"

using namespace tutti;
using namespace std::chrono_literals;
using fuzz::require;
using net::TurnClient;
using net::stun::Attribute;
using net::stun::Class;
using net::stun::Method;

namespace {

const Endpoint kHome{IpAddress::v4({192, 0, 2, 1}), 3478};
const Endpoint kStranger{IpAddress::v4({192, 0, 2, 66}), 3478};

class Story {
public:
  void step(unsigned what, unsigned how, unsigned more, std::span<const std::byte> raw)
  {
    switch (what % 12) {
    case 0:
      return pass(Micros{1000} * (how * 256 + more));
    case 1:
      return perform(client_.receive(raw, client_.server(), now_));
    case 2:
      return hearStranger(raw);
    case 3:
    case 4:
    case 5:
      return answer(how, more);
    case 6:
      return perform(client_.permit(peer(how), now_));
    case 7:
      return perform(client_.bindChannel(peer(how), now_));
    case 8:
      return perform(client_.forget(peer(how), now_));
    case 9:
      return perform(client_.renew({how % 2 == 0 ? "anna" : "ben", "secret", until(more)}, now_));
    case 10:
      return perform(how % 4 == 0 ? client_.release(now_) : client_.suspect(now_));
    default:
      return perform(how % 4 == 0 ? client_.disconnected(now_) : client_.start(now_));
    }
  }

private:
  static Endpoint peer(unsigned number)
  {
    return {IpAddress::v4({198, 51, 100, static_cast<std::uint8_t>(number / 2)}),
            static_cast<std::uint16_t>(number % 2 + 7000)};
  }
  [[nodiscard]] std::optional<HostTime> until(unsigned seconds) const
  {
    if (seconds == 0) return std::nullopt;
    return now_ + std::chrono::seconds{seconds};
  }

  void pass(Micros duration)
  {
    const auto end = now_ + duration;
    for (int i = 0; i < 1000; ++i) {
      const auto due = client_.nextDeadline();
      if (!due || *due > end) break;
      now_ = std::max(now_, *due);
      perform(client_.advance(now_));
      const auto next = client_.nextDeadline();
      require(!next || *next > now_);
    }
    now_ = std::max(now_, end);
  }

  void hearStranger(std::span<const std::byte> raw)
  {
    const auto before = questions_.size();
    const auto deadline = client_.nextDeadline();
    require(client_.receive(raw, kStranger, now_).empty());
    require(questions_.size() == before && client_.nextDeadline() == deadline);
  }

  /// To one of the last questions, as a server that knows the password, or as one that does not.
  void answer(unsigned how, unsigned more)
  {
    if (questions_.empty()) return;
    const auto question =
      questions_[questions_.size() - 1 - more % std::min<std::size_t>(questions_.size(), 4)];
    const auto asked = net::stun::Message::parse(question);
    require(asked.has_value());
    constexpr std::array kCodes{0, 0, 401, 438, 437, 300, 403, 441, 486, 508, 400, 420, 443, 500};
    const auto code = kCodes[how % kCodes.size()];
    net::stun::Writer out{code == 0 ? Class::success : Class::error, static_cast<Method>(asked->method()),
                          asked->transaction()};
    fill(out, code, more);
    isVouched_ = how < 128;
    const auto name = asked->text(Attribute::username);
    if (isVouched_ && name)
      out.seal(net::stun::longTermKey(net::stun::PasswordAlgorithm::md5, *name, "r", "secret"));
    isVouched_ = isVouched_ || !name;
    perform(client_.receive(out.bytes(), client_.server(), now_));
    isVouched_ = false;
  }

  void fill(net::stun::Writer& out, int code, unsigned more)
  {
    if (code == 0) {
      out.addXorAddress(Attribute::xorRelayedAddress, {IpAddress::v4({203, 0, 113, 9}), 50'000});
      out.add(Attribute::lifetime, std::uint32_t{more} * more);
      return;
    }
    const std::array<std::byte, 4> value{std::byte{0}, std::byte{0}, static_cast<std::byte>(code / 100),
                                         static_cast<std::byte>(code % 100)};
    out.add(Attribute::errorCode, value);
    out.add(Attribute::realm, std::string_view{"r"});
    out.add(Attribute::nonce, std::string_view{"nonce"}.substr(0, 1 + more % 5));
    if (code != 300) return;
    const std::array<std::byte, 8> other{
      std::byte{0},   std::byte{1}, std::byte{1}, std::byte{0},
      std::byte{192}, std::byte{0}, std::byte{2}, static_cast<std::byte>(more)};
    out.add(Attribute::alternateServer, other);
    servers_.insert({IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(more)}), 256});
  }

  void perform(const TurnClient::Actions& actions)
  {
    require(actions.size() <= 200); // 64 peers, each told once
    std::size_t sent = 0;
    for (const auto& action : actions) {
      require(isVouched_ || !std::holds_alternative<TurnClient::Relayed>(action));
      const auto* send = std::get_if<TurnClient::Send>(&action);
      if (send == nullptr) continue;
      ++sent;
      require(servers_.contains(send->to) && send->bytes.size() <= 1200);
      questions_.push_back(send->bytes);
      if (questions_.size() > 8) questions_.erase(questions_.begin());
    }
    require(sent <= 10); // one for the relay, eight for peers, one that was asked anew
  }

  TurnClient client_{kHome, {"anna", "secret", std::nullopt}, fuzz::numberedTransactions()};
  HostTime now_ = HostTime{} + 1h;
  std::set<Endpoint> servers_{kHome};
  std::vector<ByteString> questions_;
  bool isVouched_ = false;
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
  Story story;
  fuzz::playSteps(story, data, size, [](unsigned what) { return what % 12 == 1 || what % 12 == 2; });
  return 0;
}
