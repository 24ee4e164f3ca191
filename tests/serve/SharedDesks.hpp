#pragma once

// Several directories that share their rooms, by a store that may lose, double and mix up what they say.
#include <algorithm>
#include <deque>
#include <random>
#include <vector>

#include "DirectoryDesk.hpp"

namespace tutti::test {

class SharedDesks {
public:
  explicit SharedDesks(std::size_t count, std::uint32_t seed = 1)
    : chance_{seed}
  {
    for (std::size_t i = 0; i < count; ++i) open();
    pass();
  }

  /// A directory that knows nothing joins the others.
  Directory& open()
  {
    const auto number = desks_.size() + 1;
    desks_.push_back(std::make_unique<Directory>(static_cast<std::uint16_t>(7000 + number)));
    desks_.back()->share({number, {IpAddress::v4({192, 0, 2, static_cast<std::uint8_t>(number)})}}, now);
    isCut_.push_back(false);
    return *desks_.back();
  }
  /// With all that the others know.
  Directory& openAfterCrash()
  {
    auto& fresh = open();
    for (const auto& told : (*this)[0].everything()) fresh.apply(told.fact, now);
    pass();
    return fresh;
  }

  Directory& operator[](std::size_t i) { return *desks_.at(i); }
  [[nodiscard]] std::size_t size() const { return desks_.size(); }

  /// What was said reaches everybody, its speaker, too.
  void pass()
  {
    for (std::size_t i = 0; i < desks_.size(); ++i) collect(i);
    while (!underWay_.empty()) {
      const auto fact = underWay_.front();
      underWay_.pop_front();
      for (std::size_t i = 0; i < desks_.size(); ++i)
        if (!isCut_[i]) desks_[i]->apply(parseFact(fact).value(), now);
      for (std::size_t i = 0; i < desks_.size(); ++i) collect(i);
    }
  }
  /// The same, but each directory hears it in an order of its own, some of it twice, and some not.
  void passBadly(double loss)
  {
    for (std::size_t i = 0; i < desks_.size(); ++i) collect(i);
    std::vector<ByteString> said{underWay_.begin(), underWay_.end()};
    underWay_.clear();
    std::uniform_real_distribution<double> even;
    for (auto& desk : desks_) {
      auto heard = said;
      heard.insert(heard.end(), said.begin(), said.begin() + static_cast<std::ptrdiff_t>(said.size() / 2));
      std::shuffle(heard.begin(), heard.end(), chance_);
      for (const auto& fact : heard)
        if (even(chance_) >= loss) desk->apply(parseFact(fact).value(), now);
    }
  }
  /// This directory neither hears the others nor is heard.
  void cut(std::size_t i)
  {
    isCut_.at(i) = true;
    desks_.at(i)->loseTouch();
  }
  void mend(std::size_t i)
  {
    isCut_.at(i) = false;
    const auto all = desks_.at(i)->everything();
    for (auto& desk : desks_) {
      for (const auto& told : all) desk->apply(told.fact, now);
      for (const auto& told : desk->everything()) desks_.at(i)->apply(told.fact, now);
    }
    desks_.at(i)->regainTouch(now);
    pass();
  }
  void advance(std::chrono::milliseconds time)
  {
    now += time;
    for (auto& desk : desks_) desk->advance(now);
    pass();
  }

  Directory::Reply ask(std::size_t i, const std::string& what, const MemberRequest& request,
                       bool mayWait = false)
  {
    return (*this)[i].ask({"POST", "/v1/rooms/Jazz/" + what, request.encode(), kHere}, now, mayWait);
  }
  Directory::Answer answer(std::size_t i, const std::string& what, const MemberRequest& request)
  {
    return std::get<Directory::Answer>(ask(i, what, request));
  }
  Update polled(std::size_t i, const MemberRequest& request)
  {
    const auto update = Update::parse(answer(i, "poll", request).body);
    REQUIRE(update);
    return *update;
  }
  Directory::Answer join(std::size_t i, const MemberId& id, std::uint16_t slot = 0)
  {
    const auto& keys = keysOf(id);
    const Card card{keys.id(), keys.signPublic(), keys.boxPublic(), 1, "Anna", "", {}};
    JoinRequest request{kVersion, secret.joinToken(), id, card.encode(secret, keys), slot, {}};
    request.prove(keys);
    return std::get<Directory::Answer>(
      (*this)[i].ask({"POST", "/v1/rooms/Jazz/members", request.encode(), kHere}, now, false));
  }
  JoinReply joined(std::size_t i, const MemberId& id, std::uint16_t slot = 0)
  {
    const auto reply = JoinReply::parse(join(i, id, slot).body);
    REQUIRE(reply);
    return *reply;
  }
  static MemberRequest as(const MemberId& id, const JoinReply& reply, std::uint64_t since = 0)
  {
    MemberRequest request;
    request.id = id;
    request.pass = reply.pass;
    request.since = since;
    return request;
  }
  ByteString order(std::uint64_t number, Order::What what, const MemberId& target = {}) const
  {
    return Order{record.id, number, what, target}.sign(host);
  }
  void openRoom(std::size_t i = 0) { REQUIRE((*this)[i].open({record, hashOfToken(secret.joinToken())})); }

  HostTime now = kStart;
  MemberKeys host = MemberKeys::draw();
  Secret secret = Secret::draw();
  RoomRecord record = [this] {
    RoomRecord made;
    made.name = "Jazz";
    made.id = RoomId::draw();
    made.host = host.signPublic();
    return made;
  }();

private:
  void collect(std::size_t i)
  {
    for (const auto& fact : desks_[i]->takeFacts())
      if (!isCut_[i]) underWay_.push_back(encodeFact(fact));
  }

  std::mt19937 chance_;
  std::vector<std::unique_ptr<Directory>> desks_;
  std::vector<bool> isCut_;
  std::deque<ByteString> underWay_;
};

/// A room that all of them know.
class SharedRoom : public SharedDesks {
public:
  explicit SharedRoom(std::size_t count)
    : SharedDesks{count}
  {
    openRoom();
    pass();
  }
};

} // namespace tutti::test
