#pragma once

#include <cmath>
#include <map>
#include <optional>

#include <tutti/time/TempoTrack.hpp>

#include "StreamSimulation.hpp"

namespace tutti::test {

/// The beats that both sides of a simulation share, by the true time, and what a playout is told of them.
class BeatSession {
public:
  explicit BeatSession(double bpm)
  {
    pieces_[0] = {0, 60e6 / bpm};
    timeline_ = {time::Tempo::fromBpm(bpm), time::Beats{}, StreamSimulation::host(0)};
  }

  /// From `at` on, in µs; told earliest by the next `tell`.
  void change(double bpm, double at)
  {
    const Piece piece{beatAt(at), 60e6 / bpm};
    pieces_[at] = piece;
    const auto moment = StreamSimulation::host(at);
    timeline_ = {time::Tempo::fromBpm(bpm), timeline_.toBeats(moment), moment};
  }

  void tell(StreamSimulation& simulation)
  {
    const time::BeatGrid grid{timeline_, time::Beats{}, false};
    if (track_.follow(grid, StreamSimulation::host(simulation.now()))) simulation.playout.setTempo(track_);
  }

  [[nodiscard]] double beatAt(double micros) const
  {
    const auto& [at, piece] = *std::prev(pieces_.upper_bound(micros));
    return piece.beats + (micros - at) / piece.period;
  }
  [[nodiscard]] double periodAt(double micros) const
  {
    return std::prev(pieces_.upper_bound(micros))->second.period;
  }

private:
  struct Piece {
    double beats = 0;
    double period = 0; // µs
  };
  std::map<double, Piece> pieces_; // by when they begin, µs
  time::HostTimeline timeline_;
  time::TempoTrack track_;
};

/// Plays a click on each beat, of seven loudnesses, and hears where on the beat they come.
class ClickEar {
public:
  struct Heard {
    double at = 0;            ///< µs
    std::optional<int> beats; ///< after it was played; none where its loudness is no click's
    double offBy = 0;         ///< µs from the nearest beat
  };

  ClickEar(const BeatSession& session, int beats)
    : session_{session}
    , about_{beats}
  {}

  /// Call before running; `senderRate` in Hz.
  [[nodiscard]] StreamSimulation::Signal signal(double senderRate) const
  {
    return [this, senderRate](std::int64_t frame) {
      const double at = static_cast<double>(frame) / senderRate * 1e6;
      const double beat = session_.beatAt(at);
      const double away = (beat - std::round(beat)) * session_.periodAt(at); // µs
      if (std::abs(away) >= kWidth / 2 || beat < 0.5) return 0.0F;
      return static_cast<float>(loudness(std::lround(beat)) * 0.5 * (1 + std::cos(kTurn * away / kWidth)));
    };
  }
  void hear(double at, float sample)
  {
    const double level = std::abs(static_cast<double>(sample));
    if (level > kFloor) {
      weight_ += level;
      moment_ += level * at;
      loudest_ = std::max(loudest_, level);
      lastLoud_ = at;
    } else if (weight_ > 0 && at - lastLoud_ > kWidth) {
      judge(moment_ / weight_);
      weight_ = moment_ = loudest_ = 0;
    }
  }

  std::vector<Heard> clicks;

private:
  static constexpr double kTurn = 6.283185307179586;
  static constexpr double kWidth = 1000; // µs
  static constexpr double kFloor = 0.03;
  static constexpr int kKinds = 7;

  static double loudness(long beat)
  {
    return 0.2 + 0.1 * static_cast<double>((beat + 10L * kKinds) % kKinds);
  }

  void judge(double at)
  {
    const double beat = session_.beatAt(at);
    const auto on = std::lround(beat);
    Heard heard{at, std::nullopt, (beat - static_cast<double>(on)) * session_.periodAt(at)};
    for (const int more : {0, 1, -1, 2, -2, 3, -3}) // as many as there are kinds
      if (std::abs(loudest_ - loudness(on - about_ + more)) < 0.03) heard.beats = about_ - more;
    clicks.push_back(heard);
  }

  const BeatSession& session_;
  int about_;
  double weight_ = 0;
  double moment_ = 0;
  double loudest_ = 0;
  double lastLoud_ = 0;
};

} // namespace tutti::test
