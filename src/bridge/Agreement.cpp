#include "Agreement.hpp"

#include <algorithm>
#include <tuple>

namespace tutti::bridge {
namespace {

constexpr auto kOneStep = time::Beats::fromMicroBeats(1);

auto numbers(const time::SessionTimeline& timeline)
{
  // The later origin counts. Where two are equal, which no two programs ever do by themselves, all sites
  // still have to choose the same.
  return std::tuple{timeline.beatOrigin, -microsOf(timeline.timeOrigin), timeline.tempo.microsPerBeat()};
}

bool isSame(const link::SessionStartStop& a, const link::SessionStartStop& b)
{
  return a == b;
}

} // namespace

bool isSame(const time::SessionTimeline& a, const time::SessionTimeline& b)
{
  return numbers(a) == numbers(b);
}

void Agreement::begin(const time::SessionTimeline& timeline, const link::SessionStartStop& startStop)
{
  timeline_ = timeline;
  startStop_ = startStop;
  imposed_.reset();
  imposedStartStop_.reset();
}

Agreement::Refused Agreement::hearHere(const time::SessionTimeline& timeline,
                                       const link::SessionStartStop& startStop, const Rights& rights,
                                       SessionTime now)
{
  Refused refused;
  const bool isOurTimeline = imposed_ && isSame(timeline, imposed_->said);
  if (!isOurTimeline && timeline.beatOrigin > timeline_.beatOrigin) take(timeline, rights, now, refused);
  const bool isOurDecision = imposedStartStop_ && isSame(startStop, *imposedStartStop_);
  if (!isOurDecision) take(startStop, rights, now, refused);
  return refused;
}

Agreement::Refused Agreement::hearThere(const time::SessionTimeline& timeline,
                                        const link::SessionStartStop& startStop, const Rights& rights,
                                        SessionTime now)
{
  Refused refused;
  if (numbers(timeline) > numbers(timeline_)) take(timeline, rights, now, refused);
  take(startStop, rights, now, refused);
  return refused;
}

void Agreement::take(const time::SessionTimeline& timeline, const Rights& rights, SessionTime now,
                     Refused& refused)
{
  if (!link::canBeOverruled(timeline, timeline_, now))
    refused.poison = true;
  else if (!rights.mayChangeTempo)
    refused.tempo = true;
  else
    timeline_ = timeline;
}

void Agreement::take(const link::SessionStartStop& startStop, const Rights& rights, SessionTime now,
                     Refused& refused)
{
  if (startStop.timestamp <= startStop_.timestamp) return; // the newest counts, wherever it comes from
  if (!link::canBeOverruled(startStop, now))
    refused.poison = true;
  else if (!rights.mayStartAndStop)
    refused.startStop = true;
  else
    startStop_ = startStop;
}

std::optional<link::OfferState> Agreement::tellHere(const time::SessionTimeline& timeline,
                                                    const link::SessionStartStop& startStop, SessionTime now)
{
  const link::OfferState offer{timelineFor(timeline, now), startStopFor(startStop, now)};
  if (isSame(offer.timeline, timeline) && isSame(offer.startStop, startStop)) return std::nullopt;
  return offer;
}

time::SessionTimeline Agreement::timelineFor(const time::SessionTimeline& here, SessionTime now)
{
  if (isSame(here, timeline_) || timeline_.beatOrigin > here.beatOrigin) {
    imposed_.reset();
    return timeline_;
  }
  const bool isStanding = imposed_ && isSame(imposed_->said, here) && isSame(imposed_->common, timeline_);
  if (isStanding) return here;
  const auto from = std::max(here.beatOrigin + kOneStep, timeline_.toBeats(now));
  imposed_ = Imposed{timeline_, {timeline_.tempo, from, timeline_.fromBeats(from)}};
  return imposed_->said;
}

link::SessionStartStop Agreement::startStopFor(const link::SessionStartStop& here, SessionTime now)
{
  if (isSame(here, startStop_) || startStop_.timestamp > here.timestamp) {
    imposedStartStop_.reset();
    return startStop_;
  }
  const bool isStanding = imposedStartStop_ && isSame(*imposedStartStop_, here) &&
                          imposedStartStop_->isPlaying == startStop_.isPlaying &&
                          imposedStartStop_->beat == startStop_.beat;
  if (isStanding) return here;
  imposedStartStop_ =
    link::SessionStartStop{startStop_.isPlaying, startStop_.beat, std::max(here.timestamp + Micros{1}, now)};
  return *imposedStartStop_;
}

} // namespace tutti::bridge
