#include <tutti/patch/Player.hpp>

#include <optional>
#include <utility>

#include <tutti/rt/Latest.hpp>

#include "Changeover.hpp"
#include "PlanExchange.hpp"

namespace tutti::patch {

class Player::Inner {
public:
  Routing play(const Patch& patch)
  {
    changeover_.setGains(patch);
    waiting_ = patch;
    tend();
    return {.delayed = patch.delayed()};
  }

  void tend()
  {
    exchange_.collect();
    if (!waiting_ || exchange_.isUnderWay()) return;
    for (auto& plan : changeover_.to(*std::exchange(waiting_, std::nullopt))) exchange_.send(std::move(plan));
  }

  [[nodiscard]] bool isAtRest() const
  {
    return !waiting_ && !exchange_.isUnderWay() && exchange_.isCollected();
  }

  [[nodiscard]] std::map<ConnectionId, audio::Decibels> takePeaks() { return changeover_.takePeaks(); }

  void setBeatGrid(const time::BeatGrid& grid) noexcept TUTTI_NONBLOCKING { grid_.write(grid); }

  void process(const audio::Block& block) noexcept TUTTI_NONBLOCKING
  {
    pace_ = pace_.at(block.rate);
    if (auto* const plan = exchange_.current()) plan->run(block, grid_.read(), pace_);
  }

private:
  std::optional<Patch> waiting_;
  Changeover changeover_;
  PlanExchange exchange_;
  rt::Latest<time::BeatGrid> grid_; // both
  Pace pace_;                       // audio
};

Player::Player()
  : inner_{std::make_unique<Inner>()}
{}

Player::~Player() = default;

Routing Player::play(const Patch& patch)
{
  return inner_->play(patch);
}

void Player::tend()
{
  inner_->tend();
}

bool Player::isAtRest() const
{
  return inner_->isAtRest();
}

std::map<ConnectionId, audio::Decibels> Player::takePeaks()
{
  return inner_->takePeaks();
}

void Player::setBeatGrid(const time::BeatGrid& grid) noexcept TUTTI_NONBLOCKING
{
  inner_->setBeatGrid(grid);
}

void Player::process(const audio::Block& block) noexcept TUTTI_NONBLOCKING
{
  inner_->process(block);
}

} // namespace tutti::patch
