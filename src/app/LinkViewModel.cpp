#include "LinkViewModel.hpp"

#include <algorithm>

#include "window/Wording.hpp"

namespace tutti::app {

LinkViewModel::LinkViewModel(Clock clock)
  : clock_{std::move(clock)}
{}

void LinkViewModel::show(const engine::Snapshot& snapshot)
{
  if (isEnabled_.tell(snapshot.link.isEnabled, snapshot.at)) {
    emit isEnabledChanged();
    emit companyChanged();
  }
  if (followsStartStop_.tell(snapshot.link.followsStartStop, snapshot.at)) emit followsStartStopChanged();
  showCompany(snapshot.link);
  showProblem(snapshot.link);
}

QString LinkViewModel::peersText() const
{
  if (!isEnabled()) return tr("Off");
  return peerCount_ == 0 ? tr("Alone") : tr("%n program(s)", nullptr, peerCount_);
}

void LinkViewModel::toggleEnabled()
{
  const bool wanted = !isEnabled();
  isEnabled_.ask(wanted, clock_());
  emit isEnabledChanged();
  emit companyChanged();
  emit enableAsked(wanted);
}

void LinkViewModel::toggleStartStop()
{
  const bool wanted = !followsStartStop();
  followsStartStop_.ask(wanted, clock_());
  emit followsStartStopChanged();
  emit startStopAsked(wanted);
}

void LinkViewModel::showCompany(const link::Status& status)
{
  const auto count = static_cast<int>(status.peerCount);
  const auto session = QString::fromStdString(status.session.text());
  if (count == peerCount_ && session == sessionText_) return;
  peerCount_ = count;
  sessionText_ = session;
  emit companyChanged();
}

void LinkViewModel::showProblem(const link::Status& status)
{
  const auto isBroken = [](const link::GatewayStatus& gateway) { return !gateway.problem.empty(); };
  const auto& gateways = status.gateways;
  const auto first = std::find_if(gateways.begin(), gateways.end(), isBroken);
  QString problem;
  if (first != gateways.end()) {
    problem = QString::fromStdString(first->problem);
    const auto others = std::count_if(first + 1, gateways.end(), isBroken);
    if (others > 0)
      problem = tr("%1 (and %n more network(s))", nullptr, static_cast<int>(others)).arg(problem);
  }
  if (problem == problem_) return;
  problem_ = problem;
  emit problemChanged();
}

} // namespace tutti::app
