#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <Catch.hpp>
#include <tutti/core/ByteReader.hpp>
#include <tutti/core/ByteString.hpp>
#include <tutti/net/Stun.hpp>
#include <tutti/net/StunCredentials.hpp>
#include <tutti/time/HostClock.hpp>

namespace tutti::test {

/// A TURN server as RFC 8656 wants it, for one client, in the test's own time. What a story needs it to do
/// wrong it is told.
class PretendTurn {
public:
  using Attribute = net::stun::Attribute;
  using Class = net::stun::Class;
  using Method = net::stun::Method;

  std::map<std::string, std::string> users{{"anna", "secret"}};
  std::string realm = "tutti.test";
  std::string nonce = "n1";
  Endpoint relayed{*IpAddress::parse("203.0.113.9"), 50'000};
  Endpoint seenAs{*IpAddress::parse("198.51.100.4"), 40'000};
  std::uint32_t lifetime = 600;
  bool isSilent = false;
  bool isRenewedByAnyone = false;
  bool usesSha256 = false;
  bool isStuckOnNames = false; ///< as coturn: whoever asks first from a port, even in vain, owns it
  std::map<Method, std::pair<int, int>> refusals; ///< so many times, with this error
  std::optional<Endpoint> alternate;              ///< for error 300

  std::map<Method, int> asked;
  std::vector<std::string> askedBy; ///< names of sealed questions, in order

  [[nodiscard]] bool hasRelay(HostTime now) const { return owner_ && now < endsAt_; }
  [[nodiscard]] const std::map<std::uint16_t, Endpoint>& channels() const { return channels_; }
  [[nodiscard]] bool permits(const IpAddress& address, HostTime now) const
  {
    const auto found = permissions_.find(address);
    return found != permissions_.end() && now < found->second;
  }

  /// All memory is lost.
  void restart()
  {
    owner_.reset();
    session_.reset();
    permissions_.clear();
    channels_.clear();
    nonce += "x";
    ++relayed.port;
  }

  std::optional<ByteString> answer(std::span<const std::byte> bytes, HostTime now)
  {
    const auto question = net::stun::Message::parse(bytes);
    REQUIRE(question);
    if (isSilent || question->messageClass() != Class::request) return std::nullopt;
    const auto method = static_cast<Method>(question->method());
    ++asked[method];
    if (auto& [times, code] = refusals[method]; times > 0) {
      --times;
      return refusal(*question, code, code != 300);
    }
    if (!question->find(Attribute::username)) return refusal(*question, 401, false);
    const std::string name{*question->text(Attribute::username)};
    askedBy.push_back(name);
    if (question->text(Attribute::nonce) != nonce) return refusal(*question, 438, false);
    if (isStuckOnNames && session_.value_or(name) != name) return refusal(*question, 441, false);
    session_ = name;
    if (!users.contains(name) || !question->isSealedWith(keyOf(name))) return refusal(*question, 401, false);
    CHECK(question->find(Attribute::messageIntegritySha256).has_value() == usesSha256);
    return allowed(*question, method, name, now);
  }

  /// As `answer` would, for a stranger who knows the question but not the password.
  static ByteString forgedSuccess(std::span<const std::byte> bytes)
  {
    const auto question = net::stun::Message::parse(bytes);
    net::stun::Writer out{Class::success, static_cast<Method>(question->method()), question->transaction()};
    out.addXorAddress(Attribute::xorRelayedAddress, {*IpAddress::parse("192.0.2.66"), 666});
    out.add(Attribute::lifetime, 600U);
    out.seal("a guess");
    return copied(out);
  }

private:
  std::optional<ByteString> allowed(const net::stun::Message& question, Method method,
                                    const std::string& name, HostTime now)
  {
    const bool hasOne = hasRelay(now);
    if (method == Method::allocate) return hasOne ? refusal(question, 437) : allocated(question, name, now);
    if (!hasOne) return refusal(question, 437);
    if (name != *owner_ && !isRenewedByAnyone) return refusal(question, 441, false);
    if (method == Method::refresh) return refreshed(question, now);
    const auto peer = question.xorAddress(Attribute::xorPeerAddress);
    REQUIRE(peer);
    permissions_[peer->address] = now + std::chrono::minutes{5};
    if (method == Method::channelBind) {
      const auto channel = static_cast<std::uint16_t>(*question.number(Attribute::channelNumber) >> 16U);
      for (const auto& [number, bound] : channels_)
        if ((number == channel) != (bound == *peer)) return refusal(question, 400);
      channels_[channel] = *peer;
    }
    return granted(question);
  }

  std::optional<ByteString> allocated(const net::stun::Message& question, const std::string& name,
                                      HostTime now)
  {
    CHECK(question.number(Attribute::requestedTransport) == 17U << 24U);
    owner_ = name;
    endsAt_ = now + std::chrono::seconds{lifetime};
    auto out = begun(question, Class::success);
    out.addXorAddress(Attribute::xorRelayedAddress, relayed);
    out.addXorMappedAddress(seenAs);
    out.add(Attribute::lifetime, lifetime);
    return sealed(out, name);
  }

  std::optional<ByteString> refreshed(const net::stun::Message& question, HostTime now)
  {
    const auto wanted = question.number(Attribute::lifetime).value_or(600);
    auto out = begun(question, Class::success);
    out.add(Attribute::lifetime, wanted == 0 ? 0 : lifetime);
    endsAt_ = now + std::chrono::seconds{wanted == 0 ? 0 : lifetime};
    if (wanted == 0) {
      permissions_.clear();
      channels_.clear();
      ++relayed.port;
    }
    return sealed(out, askedBy.back());
  }

  std::optional<ByteString> granted(const net::stun::Message& question)
  {
    auto out = begun(question, Class::success);
    return sealed(out, askedBy.back());
  }

  ByteString refusal(const net::stun::Message& question, int code, bool isSealed = true)
  {
    auto out = begun(question, Class::error);
    const std::array<std::byte, 4> value{std::byte{0}, std::byte{0}, static_cast<std::byte>(code / 100),
                                         static_cast<std::byte>(code % 100)};
    out.add(Attribute::errorCode, value);
    if (code == 401 || code == 438) {
      out.add(Attribute::realm, std::string_view{realm});
      out.add(Attribute::nonce, std::string_view{nonce});
      constexpr std::array<std::byte, 8> kBoth{std::byte{0}, std::byte{1}, std::byte{0}, std::byte{0},
                                               std::byte{0}, std::byte{2}, std::byte{0}, std::byte{0}};
      if (usesSha256) out.add(Attribute::passwordAlgorithms, kBoth);
    }
    if (alternate) {
      const auto& raw = alternate->address.bytes();
      const std::array<std::byte, 8> plain{std::byte{0},
                                           std::byte{1},
                                           static_cast<std::byte>(alternate->port >> 8U),
                                           static_cast<std::byte>(alternate->port & 0xffU),
                                           static_cast<std::byte>(raw[0]),
                                           static_cast<std::byte>(raw[1]),
                                           static_cast<std::byte>(raw[2]),
                                           static_cast<std::byte>(raw[3])};
      out.add(Attribute::alternateServer, plain);
    }
    const auto name = question.text(Attribute::username);
    if (isSealed && name && users.contains(std::string{*name})) return sealed(out, std::string{*name});
    return copied(out);
  }

  static net::stun::Writer begun(const net::stun::Message& question, Class messageClass)
  {
    return {messageClass, static_cast<Method>(question.method()), question.transaction()};
  }
  [[nodiscard]] std::string keyOf(const std::string& name) const
  {
    const auto algorithm =
      usesSha256 ? net::stun::PasswordAlgorithm::sha256 : net::stun::PasswordAlgorithm::md5;
    return net::stun::longTermKey(algorithm, name, realm, users.at(name));
  }
  ByteString sealed(net::stun::Writer& out, const std::string& name)
  {
    if (usesSha256)
      out.sealSha256(keyOf(name));
    else
      out.seal(keyOf(name));
    return copied(out);
  }
  static ByteString copied(const net::stun::Writer& out) { return {out.bytes().begin(), out.bytes().end()}; }

  std::optional<std::string> owner_;
  std::optional<std::string> session_;
  HostTime endsAt_{};
  std::map<IpAddress, HostTime> permissions_;
  std::map<std::uint16_t, Endpoint> channels_;
};

} // namespace tutti::test
