#include "Catch.hpp"

#include <array>
#include <csignal>
#include <sys/resource.h>
#include <vector>

#include <sndfile.hh>

#include <tutti/jam/Recording.hpp>

#include "Eventually.hpp"
#include "FileNames.hpp"
#include "TemporaryFolder.hpp"

using namespace tutti;
using jam::Recording;
using test::eventually;

namespace {

constexpr std::size_t kFrames = 64;
constexpr audio::SampleRate kRate{};

/// A device's callback with the recorder's modules in it.
class Callback {
public:
  void render(patch::Module& module, float level) const
  {
    std::array<float, kFrames> in{};
    in.fill(level);
    const std::array<const float*, 2> ins{in.data(), in.data()};
    audio::Block block;
    block.frames = kFrames;
    block.rate = rate;
    block.first = first;
    module.render({ins, {}, block, grid_});
  }
  void next(std::int64_t blocks = 1) { first = first + audio::FrameCount{blocks * 64}; }

  SampleTime first{12'345};
  audio::SampleRate rate = kRate;

private:
  time::BeatGrid grid_;
};

/// The left channel of a file.
std::vector<float> read(const std::filesystem::path& file)
{
  SndfileHandle sound{file.string()};
  REQUIRE(sound.channels() == 2);
  REQUIRE(sound.samplerate() == kRate.hertz());
  std::vector<float> both(2 * static_cast<std::size_t>(sound.frames()));
  sound.readf(both.data(), sound.frames());
  std::vector<float> left;
  for (std::size_t i = 0; i < both.size(); i += 2) left.push_back(both[i]);
  return left;
}

float at(const std::vector<float>& sound, std::size_t block)
{
  REQUIRE(sound.size() > block * kFrames);
  return sound[block * kFrames];
}

std::uintmax_t plenty(const std::filesystem::path&)
{
  return std::uintmax_t{1} << 40U;
}

std::shared_ptr<Recording> begin(const jam::RecordingWish& wish, Recording::FreeBytes freeBytes = &plenty)
{
  auto begun = Recording::begin(wish, kRate, std::move(freeBytes));
  REQUIRE(begun.has_value());
  return *begun;
}

/// No file of this program grows beyond this, as on a disk that is full.
class FullDisk {
public:
  explicit FullDisk(rlim_t bytes)
  {
    old_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit now{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &now);
  }
  ~FullDisk()
  {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, old_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

private:
  rlimit before_{};
  void (*old_)(int) = nullptr;
};

} // namespace

TEST_CASE("Mix and tracks begin together, also of who comes later")
{
  const test::TemporaryFolder folder;
  auto recording = begin({folder.path(), std::nullopt});
  Callback callback;
  const auto own = recording->own();
  for (int block = 0; block < 10; ++block, callback.next()) {
    callback.render(*own, 0.25F);
    callback.render(*recording->mix(), 0.5F);
  }
  const auto ana = recording->player("Ana");
  for (int block = 0; block < 10; ++block, callback.next()) {
    callback.render(*ana, 0.125F);
    callback.render(*own, 0.25F);
    callback.render(*recording->mix(), 0.5F);
  }
  CHECK(recording->status().length == kRate.toMicros(audio::FrameCount{20 * 64}));
  CHECK(recording->status().problem.empty());
  recording.reset();

  CHECK(read(folder / "mix.wav") == std::vector(20 * kFrames, 0.5F));
  CHECK(read(folder / "own.wav") == std::vector(20 * kFrames, 0.25F));
  auto late = std::vector(10 * kFrames, 0.0F);
  late.insert(late.end(), 10 * kFrames, 0.125F);
  CHECK(read(folder / "Ana.wav") == late);
}

TEST_CASE("Who goes and comes back goes on in the same file, at the right place")
{
  const test::TemporaryFolder folder;
  auto recording = begin({folder.path(), std::nullopt});
  Callback callback;
  const auto first = recording->player("Ana");
  callback.render(*first, 0.5F);
  recording->end(first);
  callback.next(100);
  const auto second = recording->player("Ana");
  const auto other = recording->player("ana"); // another one, at the same time
  callback.render(*second, 0.25F);
  callback.render(*other, 0.125F);
  recording.reset();

  const auto ana = read(folder / "Ana.wav");
  CHECK(ana.size() == 101 * kFrames);
  CHECK(at(ana, 0) == 0.5F);
  CHECK(at(ana, 1) == 0);
  CHECK(at(ana, 100) == 0.25F);
  CHECK(at(read(folder / "ana 2.wav"), 100) == 0.125F);
}

TEST_CASE("A long silence before a track keeps nobody waiting")
{
  const test::TemporaryFolder folder;
  auto recording = begin({folder.path(), std::nullopt});
  Callback callback;
  const std::int64_t minute = 60 * kRate.hertz() / 64;
  for (int i = 0; i < 3; ++i, callback.next(minute / 3)) callback.render(*recording->mix(), 0.5F);
  const auto ana = recording->player("Ana");
  callback.render(*ana, 0.25F);
  recording.reset();
  const auto track = read(folder / "Ana.wav");
  CHECK(track.size() == static_cast<std::size_t>(minute + 1) * kFrames);
  CHECK(at(track, static_cast<std::size_t>(minute)) == 0.25F);
}

TEST_CASE("Another device counts anew, and the tracks stay together")
{
  const test::TemporaryFolder folder;
  auto recording = begin({folder.path(), std::nullopt});
  Callback callback;
  const auto own = recording->own();
  callback.render(*recording->mix(), 0.5F);
  callback.render(*own, 0.5F);
  callback.first = SampleTime{0};
  callback.render(*recording->mix(), 0.25F);
  const auto ana = recording->player("Ana");
  callback.render(*ana, 0.25F);
  callback.render(*own, 0.25F);
  recording.reset();
  for (const auto* const file : {"mix.wav", "own.wav", "Ana.wav"}) {
    const auto sound = read(folder / file);
    CHECK(sound.size() == 2 * kFrames);
    CHECK(at(sound, 1) == 0.25F);
  }
}

TEST_CASE("Frames that the device lost are silent on all tracks")
{
  const test::TemporaryFolder folder;
  auto recording = begin({std::nullopt, folder / "mix.wav"});
  Callback callback;
  CHECK(recording->own() == nullptr);
  CHECK(recording->player("Ana") == nullptr);
  callback.render(*recording->mix(), 0.5F);
  callback.next(4);
  callback.render(*recording->mix(), 0.25F);
  recording.reset();
  const auto mix = read(folder / "mix.wav");
  CHECK(mix.size() == 5 * kFrames);
  CHECK(at(mix, 2) == 0);
  CHECK(at(mix, 4) == 0.25F);
}

TEST_CASE("A nearly full disk ends the tracks, and the mix goes on")
{
  const test::TemporaryFolder folder;
  std::atomic<std::uintmax_t> left{std::uintmax_t{1} << 40U};
  auto recording =
    begin({folder.path(), std::nullopt}, [&](const std::filesystem::path&) { return left.load(); });
  Callback callback;
  const auto own = recording->own();
  const auto both = [&] {
    callback.render(*recording->mix(), 0.5F);
    callback.render(*own, 0.5F);
    callback.next();
  };
  both();
  const auto hasOwn = [&] { return std::filesystem::exists(folder / "own.wav"); };
  REQUIRE(eventually(hasOwn));
  left = recording->reserve() - 1;
  REQUIRE(eventually([&] { return !recording->status().problem.empty(); }));
  CHECK(recording->status().problem == "The disk is nearly full: the tracks have ended, the mix goes on.");
  CHECK_FALSE(recording->status().isOver);
  CHECK(recording->player("Ana") == nullptr);
  both();
  recording.reset();
  CHECK(read(folder / "mix.wav").size() == 2 * kFrames);
  CHECK(read(folder / "own.wav").size() == kFrames);
}

TEST_CASE("A full disk ends the recording, says so, and keeps what is there")
{
  const test::TemporaryFolder folder;
  std::atomic<std::uintmax_t> left{std::uintmax_t{1} << 40U};
  auto recording =
    begin({folder.path(), std::nullopt}, [&](const std::filesystem::path&) { return left.load(); });
  {
    const FullDisk full{20'000};
    Callback callback;
    left = 0;
    for (int block = 0; block < 200; ++block, callback.next()) callback.render(*recording->mix(), 0.5F);
    REQUIRE(eventually([&] { return recording->status().isOver; }));
    CHECK(recording->status().problem ==
          "The disk is full: the recording has ended. What was recorded is kept.");
    callback.render(*recording->mix(), 0.5F); // nobody minds
    recording.reset();
  }
  const auto kept = read(folder / "mix.wav");
  CHECK(kept.size() > 2 * kFrames);
  CHECK(kept.size() < 200 * kFrames);
  CHECK(kept.front() == 0.5F);
}

TEST_CASE("A device at another rate ends the recording")
{
  const test::TemporaryFolder folder;
  auto recording = begin({folder.path(), std::nullopt});
  Callback callback;
  callback.render(*recording->mix(), 0.5F);
  callback.next();
  callback.rate = audio::SampleRate::fromHertz(44'100);
  callback.render(*recording->mix(), 0.25F);
  REQUIRE(eventually([&] { return recording->status().isOver; }));
  CHECK(recording->status().problem.find("another rate") != std::string::npos);
  recording.reset();
  CHECK(read(folder / "mix.wav").size() == kFrames);
}

TEST_CASE("A recording is never written over another")
{
  const test::TemporaryFolder folder;
  begin({folder / "take", std::nullopt});
  const auto again = Recording::begin({folder / "take", std::nullopt}, kRate);
  REQUIRE_FALSE(again.has_value());
  CHECK(again.error().kind == ErrorKind::refused);
  const auto nowhere = Recording::begin({std::nullopt, folder / "no" / "mix.wav"}, kRate);
  REQUIRE_FALSE(nowhere.has_value());
  CHECK(nowhere.error().kind == ErrorKind::unavailable);
}

TEST_CASE("A player's name makes a file name, whatever it is")
{
  CHECK(jam::fileNameOf("Ana") == "Ana");
  CHECK(jam::fileNameOf("José Ñ.") == "José Ñ");
  CHECK(jam::fileNameOf("../../etc/passwd") == "_.._etc_passwd");
  CHECK(jam::fileNameOf("a/b\\c:d\n") == "a_b_c_d_");
  CHECK(jam::fileNameOf(" . ") == "Player");
  CHECK(jam::fileNameOf("") == "Player");
  CHECK(jam::fileNameOf("-rf") == "rf");
  CHECK(jam::fileNameOf("\xff\xfe") == "__");
  CHECK(jam::fileNameOf("\u202Eevil") == "_evil");
  CHECK(jam::fileNameOf(std::string(200, 'x')).size() == 60);
  CHECK(jam::fileNameOf(std::string(59, 'x') + "é").size() == 59); // no half letters
}

TEST_CASE("Players called like our own files have others")
{
  const test::TemporaryFolder folder;
  auto recording = begin({folder.path(), std::nullopt});
  Callback callback;
  const auto own = recording->own();
  const auto mix = recording->player("Mix");
  const auto alsoOwn = recording->player("OWN");
  callback.render(*own, 0.5F);
  callback.render(*mix, 0.25F);
  callback.render(*alsoOwn, 0.125F);
  recording.reset();
  CHECK(at(read(folder / "own.wav"), 0) == 0.5F);
  CHECK(at(read(folder / "Mix 2.wav"), 0) == 0.25F);
  CHECK(at(read(folder / "OWN 2.wav"), 0) == 0.125F);
}
