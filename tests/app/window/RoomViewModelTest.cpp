#include "RoomViewModel.hpp"

#include <Catch.hpp>

#include "ChatViewModel.hpp"
#include "OffersViewModel.hpp"

using namespace tutti;
using app::RoomViewModel;

SCENARIO("What cannot be hosted is told in a sentence")
{
  CHECK(RoomViewModel::complaintAboutHosting("Attic", "").isEmpty());
  CHECK(RoomViewModel::complaintAboutHosting("Attic", "twelve chars").isEmpty());
  CHECK_FALSE(RoomViewModel::complaintAboutHosting("Attic", "eleven char").isEmpty());
  CHECK_FALSE(RoomViewModel::complaintAboutHosting("  ", "").isEmpty());
}

SCENARIO("An invitation may come with what mail programs put around it")
{
  CHECK(RoomViewModel::complaintAboutInvitation(" TUTTI://host/room#v1.x.y\n").isEmpty());
  CHECK_FALSE(RoomViewModel::complaintAboutInvitation("https://host/room").isEmpty());
  CHECK_FALSE(RoomViewModel::complaintAboutInvitation("").isEmpty());
}

SCENARIO("Rooms on this network stand before those joined earlier")
{
  app::OffersViewModel offers;
  offers.show({{.name = "Old", .invitation = "tutti://a/old"},
               {.name = "Near", .invitation = "tutti://b/near", .members = 1, .isOnLan = true}});
  const auto text = [&](int row, int role) {
    return offers.data(offers.index(row), role).toString().toStdString();
  };
  CHECK(text(0, app::OffersViewModel::nameRole) == "Near");
  CHECK(text(1, app::OffersViewModel::nameRole) == "Old");
  CHECK(offers.nearCount() == 1);
  CHECK(offers.data(offers.index(1), app::OffersViewModel::isFirstRole).toBool());
}

SCENARIO("A room that appears leaves the others where they are, but for who heads the group")
{
  app::OffersViewModel offers;
  const jam::RoomOffer attic{.name = "Attic", .invitation = "tutti://a/attic", .isOnLan = true};
  const jam::RoomOffer barn{.name = "Barn", .invitation = "tutti://b/barn", .isOnLan = true};
  offers.show({barn});
  int resets = 0;
  int removed = 0;
  QObject::connect(&offers, &QAbstractItemModel::modelReset, [&] { ++resets; });
  QObject::connect(&offers, &QAbstractItemModel::rowsRemoved, [&] { ++removed; });
  offers.show({attic, barn});
  CHECK(offers.nearCount() == 2);
  CHECK(offers.data(offers.index(0), app::OffersViewModel::isFirstRole).toBool());
  CHECK_FALSE(offers.data(offers.index(1), app::OffersViewModel::isFirstRole).toBool());
  offers.show({barn, attic});
  CHECK(offers.data(offers.index(0), app::OffersViewModel::nameRole).toString() == "Barn");
  CHECK(offers.data(offers.index(0), app::OffersViewModel::isFirstRole).toBool());
  CHECK((resets == 0 && removed == 0));
  offers.show({barn, barn}); // the same one, said twice
  offers.show({barn});
  CHECK(offers.count() == 1);
}

SCENARIO("New words are added below; another room's chat starts over")
{
  app::Wishes wishes;
  app::ChatViewModel chat{wishes};
  int inserted = 0;
  int resets = 0;
  QObject::connect(&chat, &QAbstractItemModel::rowsInserted, [&] { ++inserted; });
  QObject::connect(&chat, &QAbstractItemModel::modelReset, [&] { ++resets; });
  std::vector<jam::ChatMessage> messages{{.from = {}, .name = "Anna", .text = "Hello"}};
  chat.show(messages);
  messages.push_back({.from = {}, .name = "Bela", .text = "Hello Anna"});
  chat.show(messages);
  chat.show(messages);
  CHECK(inserted == 2);
  CHECK(resets == 0);
  messages.erase(messages.begin());
  chat.show(messages);
  CHECK(resets == 1);
  CHECK(chat.count() == 1);
}

SCENARIO("Nobody says nothing, and nobody says more than 500 characters")
{
  app::Wishes wishes;
  app::ChatViewModel chat{wishes};
  QStringList said;
  QObject::connect(&wishes, &app::Wishes::sayWanted, [&](const QString& text) { said << text; });
  chat.say("   ");
  chat.say(" Yes ");
  chat.say(QString{600, QLatin1Char{'x'}});
  REQUIRE(said.size() == 2);
  CHECK(said[0] == "Yes");
  CHECK(said[1].size() == 500);
}
