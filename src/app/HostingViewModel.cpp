#include "HostingViewModel.hpp"

#include "window/Wording.hpp"

namespace tutti::app {
namespace {

HostingViewModel::State stateOf(const std::optional<serve::Reach>& reach)
{
  using State = serve::Reach::State;
  if (!reach) return HostingViewModel::Elsewhere;
  switch (reach->state) {
  case State::asking:
    return HostingViewModel::Asking;
  case State::open:
  case State::untested:
    return HostingViewModel::Open;
  case State::closed:
    return HostingViewModel::Closed;
  }
  return HostingViewModel::Elsewhere;
}

} // namespace

void HostingViewModel::show(const std::optional<serve::Reach>& reach)
{
  if (reach == reach_) return;
  reach_ = reach;
  state_ = stateOf(reach);
  text_ = reach ? wording::reach(*reach) : QString{};
  cure_ = reach && state_ == Closed ? wording::cure(*reach) : QString{};
  emit reachChanged();
}

void HostingViewModel::showServer(const std::optional<room::ServerAddress>& server)
{
  const auto text = server ? QString::fromStdString(server->text()) : QString{};
  if (text == knownServer_) return;
  knownServer_ = text;
  emit knownServerChanged();
}

QString HostingViewModel::complaintAboutServer(const QString& address)
{
  if (address.trimmed().isEmpty() || room::ServerAddress::parse(address.toStdString())) return {};
  return tr("That is no server's address. It looks like studio.example or studio.example:7885#KEY.");
}

void HostingViewModel::useServer(const QString& address)
{
  if (!complaintAboutServer(address).isEmpty()) return;
  const auto server = room::ServerAddress::parse(address.toStdString());
  const auto wanted = server ? std::optional{*server} : std::nullopt;
  const auto before = knownServer_;
  showServer(wanted);
  if (knownServer_ != before) emit wishes_.knownServerWanted(wanted);
}

} // namespace tutti::app
