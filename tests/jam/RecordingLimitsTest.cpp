// What a stranger cannot do to a recording: names without end, and the silence before their tracks.
#include "Catch.hpp"

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <sys/stat.h>
#include <vector>

#include <sndfile.hh>

#include <tutti/jam/Recording.hpp>

#include "Reel.hpp"
#include "TemporaryFolder.hpp"
#include "Track.hpp"

using namespace tutti;
using jam::Recording;
using jam::Reel;
using jam::Track;

namespace {

constexpr std::size_t kFrames = 64;
constexpr std::int64_t kBlock = 64;
constexpr std::int64_t kSecond = 48'000;
constexpr std::int64_t kLeap = 20 * kSecond; // of a device's count, as after a dropout
constexpr std::uintmax_t kBytesOfFrame = 6;
constexpr std::uintmax_t kLongestHead = 5000;

audio::Block blockAt(std::int64_t first)
{
  audio::Block block;
  block.frames = kFrames;
  block.first = SampleTime{first};
  return block;
}

void render(patch::Module& module, std::int64_t first)
{
  std::array<float, kFrames> in{};
  in.fill(0.5F);
  const std::array<const float*, 2> ins{in.data(), in.data()};
  const auto block = blockAt(first);
  const time::BeatGrid grid;
  module.render({ins, {}, block, grid});
}

Track::Progress writeRound(const std::vector<std::shared_ptr<Track>>& tracks)
{
  const auto done = Track::writeRound(tracks);
  REQUIRE(done);
  return *done;
}

void writeAll(const std::vector<std::shared_ptr<Track>>& tracks)
{
  while (writeRound(tracks) == Track::Progress::behind) continue;
}

/// The left channel at some frame of a file that has so many.
float sampleOf(const std::filesystem::path& file, std::int64_t frames, std::int64_t at)
{
  SndfileHandle sound{file.string()};
  REQUIRE(sound.frames() == frames);
  REQUIRE(sound.seek(at, SEEK_SET) == at);
  std::array<float, 2> frame{};
  REQUIRE(sound.readf(frame.data(), 1) == 1);
  return frame[0];
}

/// What it takes of the disk.
std::uintmax_t placeOf(const std::filesystem::path& file)
{
  struct stat about{};
  REQUIRE(::stat(file.c_str(), &about) == 0);
  return static_cast<std::uintmax_t>(about.st_blocks) * 512;
}

} // namespace

TEST_CASE("Ever new names get few tracks a minute once a recording has begun")
{
  const test::TemporaryFolder folder;
  const auto plenty = [](const std::filesystem::path&) { return std::uintmax_t{1} << 40U; };
  const auto begun = Recording::begin({folder.path(), std::nullopt}, {}, plenty);
  REQUIRE(begun);
  auto& recording = **begun;
  std::int64_t now = 0;
  const auto pass = [&](int seconds) {
    for (int second = 0; second < seconds; ++second, now += kSecond) render(*recording.mix(), now);
  };
  int names = 0;
  const auto tracksFor = [&](int newcomers) {
    int tracks = 0;
    for (int i = 0; i < newcomers; ++i)
      if (recording.player("Name " + std::to_string(++names)) != nullptr) ++tracks;
    return tracks;
  };
  const auto ana = recording.player("Ana");
  CHECK(tracksFor(12) == 12); // all who are there when it begins
  pass(60);
  CHECK(tracksFor(12) == 8);
  pass(14);
  CHECK(tracksFor(12) == 0);
  pass(2);
  CHECK(tracksFor(12) == 1);
  recording.end(ana);
  CHECK(recording.player("Ana") == ana); // who was there before needs no new file
  pass(1000);
  CHECK(tracksFor(12) == 8);
}

TEST_CASE("However many tracks begin late, a round has ten seconds of silence, in equal shares")
{
  constexpr int kLate = 10;
  const test::TemporaryFolder folder;
  const auto reel = std::make_shared<Reel>(audio::SampleRate{});
  const auto trackOf = [&](const std::string& name) {
    return std::make_shared<Track>(name, folder / (name + ".wav"), reel);
  };
  const auto live = trackOf("Live");
  std::int64_t now = 0;
  for (; now < 3 * kLeap; now += kLeap) {
    render(*live, now);
    writeAll({live});
  }
  render(*live, now);
  writeAll({live});
  now += kBlock;
  const auto before = now;
  std::vector<std::shared_ptr<Track>> tracks;
  for (int i = 0; i < kLate; ++i) tracks.push_back(trackOf("Late " + std::to_string(i)));
  tracks.push_back(live);
  for (const auto& track : tracks) render(*track, now);

  CHECK(writeRound(tracks) == Track::Progress::behind);
  const auto share = static_cast<std::uintmax_t>(Track::kSilenceAtOnce / kLate) * kBytesOfFrame;
  for (int i = 0; i < kLate; ++i) {
    const auto size = std::filesystem::file_size(tracks[static_cast<std::size_t>(i)]->file());
    CHECK(size >= share);
    CHECK(size <= share + kLongestHead);
  }
  const auto sounding = static_cast<std::uintmax_t>(before + kBlock) * kBytesOfFrame;
  CHECK(std::filesystem::file_size(live->file()) >= sounding);

  writeAll(tracks);
  for (const auto& track : tracks) track->close();
  for (int i = 0; i < kLate; ++i) {
    const auto file = tracks[static_cast<std::size_t>(i)]->file();
    CHECK(sampleOf(file, before + kBlock, before) == 0.5F);
    CHECK(sampleOf(file, before + kBlock, before - 1) == 0);
    CHECK(sampleOf(file, before + kBlock, before / 2) == 0);
  }
}

TEST_CASE("The silence before a late track takes no place on a disk that knows holes")
{
  const test::TemporaryFolder folder;
  std::ofstream{folder / "hole"} << "";
  std::filesystem::resize_file(folder / "hole", 10'000'000);
  if (placeOf(folder / "hole") > 1'000'000) {
    WARN("this disk knows no holes: not run");
    return;
  }
  const auto reel = std::make_shared<Reel>(audio::SampleRate{});
  std::int64_t now = 0;
  for (; now < 30 * kLeap; now += kLeap) reel->placeOf(blockAt(now)); // ten minutes, before somebody comes
  const auto track = std::make_shared<Track>("Late", folder / "Late.wav", reel);
  render(*track, now);
  writeAll({track});
  track->close();
  CHECK(sampleOf(track->file(), now + kBlock, now) == 0.5F);
  CHECK(sampleOf(track->file(), now + kBlock, now - 1) == 0);
  CHECK(placeOf(track->file()) < std::filesystem::file_size(track->file()) / 10);
}
