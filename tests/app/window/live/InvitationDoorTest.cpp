#include "window/InvitationDoor.hpp"

#include <QFile>
#include <QLocalSocket>
#include <QTemporaryDir>
#include <QTest>
#include <future>

#include <Catch.hpp>

using namespace tutti;
using app::InvitationDoor;

namespace {

/// A window's door, and what has come through it.
class Home {
public:
  explicit Home(const QString& path)
    : door{path}
  {
    QObject::connect(&door, &InvitationDoor::invited, &door,
                     [this](const QString& link) { came.append(link); });
  }

  InvitationDoor door;
  QStringList came;
};

/// As another process does it, while our window goes on.
bool isTaken(const QString& invitation, const QString& path)
{
  auto answer = std::async(std::launch::async, [&] { return InvitationDoor::handOver(invitation, path); });
  const auto isThere = [&] { return answer.wait_for(std::chrono::seconds{0}) == std::future_status::ready; };
  REQUIRE(QTest::qWaitFor(isThere, 20'000));
  return answer.get();
}

} // namespace

SCENARIO("An invitation that is clicked comes to the window that is open")
{
  const QTemporaryDir folder;
  const auto path = folder.filePath(QStringLiteral("window"));
  const auto link = QStringLiteral("tutti://host/room#v1.secret");
  CHECK_FALSE(isTaken(link, path));

  Home home{path};
  REQUIRE(home.door.open());
  CHECK(isTaken(link, path));
  CHECK(home.came == QStringList{link});

  Home second{path};
  CHECK_FALSE(second.door.open());
  CHECK(isTaken(link, path));
  CHECK(home.came.size() == 2);
}

SCENARIO("A window that has crashed leaves the door to the next one")
{
  const QTemporaryDir folder;
  const auto path = folder.filePath(QStringLiteral("window"));
  QFile left{path};
  REQUIRE(left.open(QIODevice::WriteOnly));
  left.close();
  Home home{path};
  CHECK(home.door.open());
  CHECK(isTaken(QStringLiteral("tutti://a/b"), path));
}

SCENARIO("Who talks without end through the door is shown out")
{
  const QTemporaryDir folder;
  const auto path = folder.filePath(QStringLiteral("window"));
  Home home{path};
  REQUIRE(home.door.open());
  QLocalSocket talker;
  talker.connectToServer(path);
  REQUIRE(talker.waitForConnected());
  talker.write(QByteArray(100'000, 'x'));
  CHECK(QTest::qWaitFor([&] { return talker.state() == QLocalSocket::UnconnectedState; }, 20'000));
  CHECK(home.came.isEmpty());
  CHECK(isTaken(QStringLiteral("tutti://a/b"), path));
}
