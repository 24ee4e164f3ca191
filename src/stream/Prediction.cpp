#include "Prediction.hpp"

#include <algorithm>

namespace tutti::stream {
namespace {

constexpr double kExplained = 1e-12; // of the energy: what is left is noise of the arithmetic

using Errors = std::array<double, Prediction::kPast>;

struct Likeness {
  double cross = 0;
  double energy = 0;
};

/// In four lanes, so that no addition waits for the one before.
Likeness likenessOf(const double* forward, const double* backward, std::size_t count) noexcept
  TUTTI_NONBLOCKING
{
  std::array<double, 4> cross{};
  std::array<double, 4> energy{};
  for (std::size_t i = 0; i + 4 <= count; i += 4)
    for (std::size_t lane = 0; lane < 4; ++lane) {
      const double f = forward[i + lane];
      const double b = backward[i + lane];
      cross[lane] += f * b;
      energy[lane] += f * f + b * b;
    }
  for (std::size_t i = count / 4 * 4; i < count; ++i) {
    cross[0] += forward[i] * backward[i];
    energy[0] += forward[i] * forward[i] + backward[i] * backward[i];
  }
  return {cross[0] + cross[1] + cross[2] + cross[3], energy[0] + energy[1] + energy[2] + energy[3]};
}

} // namespace

void Prediction::listen(std::span<const float> past) noexcept TUTTI_NONBLOCKING
{
  Errors forward;
  Errors backward;
  const auto count = std::min(past.size(), kPast);
  std::copy_n(past.begin(), count, forward.begin());
  std::copy_n(past.begin(), count, backward.begin());
  weights_ = {};
  order_ = 0;
  double first = 0;
  // Burg: each stage takes from both errors what the other explains. backward[i] belongs to forward[order +
  // i].
  for (std::size_t order = 1; order <= kOrder && order < count; ++order) {
    const auto length = count - order;
    double* const ahead = forward.data() + order;
    const auto likeness = likenessOf(ahead, backward.data(), length);
    if (order == 1) first = likeness.energy;
    if (!(likeness.energy > kExplained * first)) break;
    const double reflection = 2 * likeness.cross / likeness.energy;
    reflect(reflection, order);
    for (std::size_t i = 0; i < length; ++i) {
      const double f = ahead[i];
      ahead[i] = f - reflection * backward[i];
      backward[i] -= reflection * f;
    }
  }
  newest_ = 0;
  for (std::size_t i = 0; i < kOrder && i < count; ++i) {
    const auto sample = static_cast<double>(past[count - 1 - i]);
    recent_[i] = recent_[i + kOrder] = sample; // newest first
  }
}

void Prediction::reflect(double reflection, std::size_t order) noexcept TUTTI_NONBLOCKING
{
  const auto before = weights_;
  for (std::size_t k = 0; k + 1 < order; ++k) weights_[k] = before[k] - reflection * before[order - 2 - k];
  weights_[order - 1] = reflection;
  order_ = order;
}

float Prediction::next() noexcept TUTTI_NONBLOCKING
{
  double sum = 0;
  for (std::size_t k = 0; k < order_; ++k) sum += weights_[k] * recent_[newest_ + k];
  newest_ = newest_ == 0 ? kOrder - 1 : newest_ - 1;
  recent_[newest_] = recent_[newest_ + kOrder] = sum;
  return static_cast<float>(std::clamp(sum, -16.0, 16.0));
}

} // namespace tutti::stream
