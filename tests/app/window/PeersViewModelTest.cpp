#include "PeersViewModel.hpp"

#include <algorithm>
#include <chrono>

#include <Catch.hpp>

#include "PreparedSnapshots.hpp"

using namespace std::chrono_literals;
using namespace tutti;
using app::PeersViewModel;

namespace {

constexpr HostTime kStart = hostTime(4'000'000'000);

std::vector<std::string> namesIn(const PeersViewModel& peers)
{
  std::vector<std::string> names;
  for (int row = 0; row < peers.rowCount(); ++row)
    names.push_back(peers.data(peers.index(row), PeersViewModel::nameRole).toString().toStdString());
  return names;
}

/// What a list view would still show if it had followed the model's signals only.
class Follower {
public:
  explicit Follower(PeersViewModel& peers)
  {
    QObject::connect(&peers, &PeersViewModel::rowsInserted,
                     [this, &peers](const QModelIndex&, int first, int last) {
                       const auto names = namesIn(peers);
                       names_.insert(names_.begin() + first, names.begin() + first, names.begin() + last + 1);
                     });
    QObject::connect(&peers, &PeersViewModel::rowsRemoved, [this](const QModelIndex&, int first, int last) {
      names_.erase(names_.begin() + first, names_.begin() + last + 1);
    });
    QObject::connect(&peers, &PeersViewModel::rowsMoved,
                     [this](const QModelIndex&, int from, int, const QModelIndex&, int to) {
                       const auto moved = names_.begin() + from;
                       std::rotate(names_.begin() + to, moved, moved + 1); // they only move up
                     });
    QObject::connect(&peers, &PeersViewModel::dataChanged, [this] { ++changes_; });
  }
  [[nodiscard]] const std::vector<std::string>& names() const { return names_; }
  [[nodiscard]] int changes() const { return changes_; }

private:
  std::vector<std::string> names_;
  int changes_ = 0;
};

} // namespace

SCENARIO("Peers of our session come first")
{
  PeersViewModel peers;
  peers.show(prepared::crowd(kStart, 5));
  CHECK(namesIn(peers) ==
        std::vector<std::string>{"peer1001", "peer1002", "peer1003", "peer1004", "peer1000"});
}

SCENARIO("A list that follows the signals shows the same rows, whoever comes and goes")
{
  PeersViewModel peers;
  Follower follower{peers};
  auto leaving = prepared::crowd(kStart, 9);
  leaving.link.peers.erase(leaving.link.peers.begin() + 2, leaving.link.peers.begin() + 5);
  auto moving = prepared::crowd(kStart, 9);
  moving.link.peers[4].isInOurSession = false;

  for (const auto& snapshot : {prepared::crowd(kStart, 3), prepared::crowd(kStart, 9), leaving, moving,
                               prepared::threePeers(kStart), prepared::alone(kStart)}) {
    peers.show(snapshot);
    CHECK(follower.names() == namesIn(peers));
    CHECK(peers.count() == static_cast<int>(snapshot.link.peers.size()));
  }
}

SCENARIO("Who joins our session moves up, and is not taken away for that")
{
  PeersViewModel peers;
  Follower follower{peers};
  auto snapshot = prepared::crowd(kStart, 9);
  peers.show(snapshot);
  int gone = 0;
  QObject::connect(&peers, &PeersViewModel::rowsRemoved, [&] { ++gone; });
  const auto names = namesIn(peers);
  for (auto& peer : snapshot.link.peers) peer.isInOurSession = !peer.isInOurSession;
  peers.show(snapshot);
  CHECK(namesIn(peers) != names);
  CHECK(follower.names() == namesIn(peers));
  CHECK(gone == 0);
  CHECK(follower.changes() == 9);
}

SCENARIO("Only the row that changed is told about")
{
  PeersViewModel peers;
  Follower follower{peers};
  auto snapshot = prepared::crowd(kStart, 20);
  peers.show(snapshot);
  snapshot.link.peers[7].phaseError = 77us;
  peers.show(snapshot);
  CHECK(follower.changes() == 1);
  peers.show(snapshot);
  CHECK(follower.changes() == 1);
}

SCENARIO("A peer that was never measured says so")
{
  auto snapshot = prepared::crowd(kStart, 2);
  for (auto& peer : snapshot.link.peers) {
    peer.phaseError.reset();
    peer.spread.reset();
    peer.measuredAt.reset();
  }
  PeersViewModel peers;
  peers.show(snapshot);
  CHECK(peers.data(peers.index(0), PeersViewModel::offsetRole).toString().isEmpty());
  CHECK(peers.data(peers.index(0), PeersViewModel::spokenRole).toString().endsWith("not measured yet"));
}

SCENARIO("As many peers as Link may hear of are no trouble")
{
  PeersViewModel peers;
  peers.show(prepared::crowd(kStart, 1'024));
  CHECK(peers.count() == 1'024);
}
