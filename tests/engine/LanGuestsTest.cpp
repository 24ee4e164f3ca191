#include <Catch.hpp>
#include <algorithm>

#include "LanGuests.hpp"

using namespace tutti;
using namespace tutti::engine;
using jam::GuestId;

namespace {

const auto kRate = audio::SampleRate::fromHertz(48'000);

std::shared_ptr<endpoint::Reception> reception(std::size_t channels = 2)
{
  return std::make_shared<endpoint::Reception>(endpoint::AudioFormat{.channels = channels}, kRate);
}

LanStream heard(const std::string& server, const std::string& title)
{
  return {server, title, reception()};
}

LanStream fed(const std::string& server, const std::string& title)
{
  return {server, title, LanStream::Door{std::make_shared<endpoint::SoundDoor>(kRate, 2), 2}};
}

GuestId from(const std::string& name)
{
  return {"from-endpoint", name};
}

const patch::PatchModule* placeOf(const jam::Desk& desk, std::string_view name)
{
  for (const auto& place : desk.patch().modules())
    if (place.about.name == name) return &place;
  return nullptr;
}

void connect(jam::Desk& desk, std::string_view source, std::string_view target)
{
  REQUIRE(desk.edit("Connect", [&](patch::Patch& patch) -> Result<void> {
    const auto made =
      patch.connect({placeOf(desk, source)->about.id, 0}, {placeOf(desk, target)->about.id, 0});
    return made ? Result<void>{} : tl::unexpected{made.error()};
  }));
}

} // namespace

TEST_CASE("Streams come as guests in both directions, and leave nothing behind when nobody needs them")
{
  jam::Desk desk;
  const auto before = desk.save();
  LanGuests guests;
  const std::vector streams{heard("Stage", "Stage Pair"), fed("Stage", "Stage Monitor")};
  CHECK(guests.settle(desk, streams, {}).empty());
  REQUIRE(placeOf(desk, "Stage Pair") != nullptr);
  CHECK(placeOf(desk, "Stage Pair")->about.outputs == std::vector<patch::Port>{{"out", 2}});
  CHECK(placeOf(desk, "Stage Monitor")->about.inputs == std::vector<patch::Port>{{"in", 2}});
  const auto module = placeOf(desk, "Stage Pair")->module;
  guests.settle(desk, streams, {});
  CHECK(placeOf(desk, "Stage Pair")->module == module); // as it was
  guests.settle(desk, {}, {});
  CHECK(desk.save() == before);
}

TEST_CASE("The same stream by another end is exchanged, with its cables")
{
  jam::Desk desk;
  LanGuests guests;
  guests.settle(desk, {heard("Stage", "Stage Pair")}, {});
  connect(desk, "Stage Pair", "Master");
  const auto place = placeOf(desk, "Stage Pair")->about.id;
  const auto module = placeOf(desk, "Stage Pair")->module;
  guests.settle(desk, {heard("Stage", "Stage Pair")}, {});
  CHECK(placeOf(desk, "Stage Pair")->module != module);
  CHECK(placeOf(desk, "Stage Pair")->about.id == place);
  CHECK(desk.isConnected(from("Stage Pair")));
}

TEST_CASE("Who is soon back keeps everything meanwhile, who is lost is a ghost that says why")
{
  jam::Desk desk;
  LanGuests guests;
  guests.settle(desk, {heard("Stage", "Stage Pair")}, {});
  connect(desk, "Stage Pair", "Master");
  LanAbsences absences;
  absences.why["Stage"] = "no sign of life from Stage";
  absences.isSoonBack.insert("Stage");
  guests.settle(desk, {}, absences);
  CHECK_FALSE(placeOf(desk, "Stage Pair")->isMissing());
  absences.isSoonBack.clear();
  guests.settle(desk, {}, absences);
  CHECK(placeOf(desk, "Stage Pair")->whyMissing == "no sign of life from Stage");
  absences.why["Stage"] = "Sound at 8000 Hz cannot be played.";
  guests.settle(desk, {}, absences);
  CHECK(placeOf(desk, "Stage Pair")->whyMissing == "Sound at 8000 Hz cannot be played.");
  guests.settle(desk, {heard("Stage", "Stage Pair")}, {});
  CHECK(desk.isConnected(from("Stage Pair")));
  CHECK_FALSE(placeOf(desk, "Stage Pair")->isMissing());
  guests.settle(desk, {}, {});
  CHECK(placeOf(desk, "Stage Pair")->whyMissing == "Stage is not connected");
}

TEST_CASE("A ghost of a file says why as well, and a ghost of another server does not")
{
  jam::Desk desk;
  {
    LanGuests guests;
    guests.settle(desk, {heard("Stage", "Stage Pair"), heard("Booth", "Booth Voice")}, {});
    connect(desk, "Stage Pair", "Master");
    connect(desk, "Booth Voice", "Master");
  }
  jam::Desk other;
  REQUIRE(other.load(desk.save()));
  LanGuests guests;
  guests.settle(other, {}, {.why = {{"Stage", "no sign of life from Stage"}}, .isSoonBack = {}});
  CHECK(placeOf(other, "Stage Pair")->whyMissing == "no sign of life from Stage");
  CHECK(placeOf(other, "Booth Voice")->whyMissing == "is not here");
}

TEST_CASE("A stream of ours hears what it is offered with, but where its place has cables of its own")
{
  jam::Desk desk;
  LanGuests guests;
  auto mix = fed("", "Mix");
  mix.hears = jam::StripId::master();
  CHECK(guests.settle(desk, {mix, fed("", "Free")}, {}).empty());
  CHECK(desk.isConnected({"to-endpoint", "Mix"}));
  CHECK_FALSE(desk.isConnected({"to-endpoint", "Free"}));
  guests.settle(desk, {}, {});
  CHECK(placeOf(desk, "Mix")->whyMissing == "is not offered any more");
  const auto cables = desk.patch().connections().size();
  auto again = fed("", "Mix");
  again.hears = jam::StripId::own();
  guests.settle(desk, {again}, {});
  CHECK(desk.patch().connections().size() == cables);
}

TEST_CASE(
  "A stream that comes back with fewer channels keeps its cable; one that finds no place says so once")
{
  jam::Desk desk;
  LanGuests guests;
  std::vector<LanStream> crowd;
  for (std::size_t i = 0; i < jam::kMostGuests + 2; ++i) crowd.push_back(heard("Crowd", "Crowd Voice"));
  const auto told = guests.settle(desk, crowd, {});
  REQUIRE(told.size() == 2);
  CHECK(told[0] ==
        "The stream “Crowd Voice” finds no place in the patch: 64 come from outside already; there "
        "is room for no more.");
  CHECK(guests.settle(desk, crowd, {}).empty());
  crowd.resize(jam::kMostGuests);
  connect(desk, "Crowd Voice", "Master");
  crowd[0].end = reception(1);
  CHECK(guests.settle(desk, crowd, {}).empty());
  CHECK(desk.isConnected(from("Crowd Voice")));
  CHECK(desk.showGuests().size() == jam::kMostGuests);
}
