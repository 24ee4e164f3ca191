#include <tutti/time/ShiftDetector.hpp>

#include <algorithm>
#include <cmath>

namespace tutti::time {
namespace {

constexpr int kEnough = 8;             // in a row, and it is no accident
constexpr double kFinest = 300;        // µs; a smaller shift cannot be told from jitter on any device
constexpr double kUnusual = 3;         // times the usual error
constexpr double kLearning = 1.0 / 64; // the share of one block in what is usual
constexpr double kLimit = 2;           // times far; a single long sleep must not make everything usual

} // namespace

ShiftDetector::Verdict ShiftDetector::judge(double error) noexcept TUTTI_NONBLOCKING
{
  const auto far = std::max(kFinest, kUnusual * usual_);
  usual_ += kLearning * (std::min(std::abs(error), kLimit * far) - usual_);
  if (std::abs(error) <= far) {
    strays_ = 0;
    return Verdict::usual;
  }
  const bool isCatchingUp = std::abs(error) < std::abs(firstStray_) - far;
  const bool isOnTheSameSide = std::signbit(error) == std::signbit(firstStray_);
  if (strays_ == 0 || isCatchingUp || !isOnTheSameSide) {
    firstStray_ = error;
    strays_ = 0;
  }
  ++strays_;
  return strays_ < kEnough ? Verdict::stray : Verdict::shifted;
}

} // namespace tutti::time
