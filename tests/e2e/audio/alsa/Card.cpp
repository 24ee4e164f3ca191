// A sound card for machines that have none: an ALSA plugin, so that programs meet it through ALSA's own code.
//
// Two channels of floats each way, in step with the monotonic clock. What is played can be heard at its
// input. It is "plugged in" as long as the file of its configuration's `plug` exists and holds the lowest
// rate and the highest that it can run at.
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <array>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <mutex>
#include <string>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>
#include <vector>

namespace {

constexpr std::int64_t kSecond = 1'000'000'000;
constexpr std::size_t kCable = 1 << 18;

/// From the played frame to the same frame heard: by the number of the frame since the start.
struct Cable {
  std::mutex mutex;
  std::vector<std::array<float, 2>> frames{kCable};
};

Cable& cable()
{
  static Cable only;
  return only;
}

std::int64_t now()
{
  timespec moment{};
  clock_gettime(CLOCK_MONOTONIC, &moment);
  return moment.tv_sec * kSecond + moment.tv_nsec;
}

struct Rates {
  unsigned lowest = 0; // while it is unplugged
  unsigned highest = 0;
  friend bool operator==(const Rates&, const Rates&) = default;
};

Rates ratesAllowed(const std::string& plug)
{
  Rates rates;
  if (std::FILE* const file = std::fopen(plug.c_str(), "r")) {
    if (std::fscanf(file, "%u %u", &rates.lowest, &rates.highest) != 2) rates = {};
    std::fclose(file);
  }
  return rates;
}

struct Card {
  snd_pcm_ioplug_t io{};
  std::string plug;
  Rates rates;
  int timer = -1;
  std::int64_t start = 0;    // 0: not running
  std::uint64_t carried = 0; // frames transferred since the start

  static Card& of(snd_pcm_ioplug_t* io) { return *static_cast<Card*>(io->private_data); }

  [[nodiscard]] bool isUnplugged() const { return ratesAllowed(plug) != rates; }
  [[nodiscard]] std::int64_t elapsedFrames() const { return start ? (now() - start) * io.rate / kSecond : 0; }
};

int startCard(snd_pcm_ioplug_t* io)
{
  auto& card = Card::of(io);
  card.start = now();
  card.carried = io->stream == SND_PCM_STREAM_PLAYBACK ? card.carried : 0;
  const long period = static_cast<long>(kSecond * static_cast<std::int64_t>(io->period_size) / io->rate);
  const itimerspec each{{0, period}, {0, period}};
  return timerfd_settime(card.timer, 0, &each, nullptr);
}

int stopCard(snd_pcm_ioplug_t* io)
{
  auto& card = Card::of(io);
  card.start = 0;
  card.carried = 0;
  const itimerspec never{};
  return timerfd_settime(card.timer, 0, &never, nullptr);
}

snd_pcm_sframes_t pointerOf(snd_pcm_ioplug_t* io)
{
  auto& card = Card::of(io);
  if (card.isUnplugged()) { // as the kernel tells it
    snd_pcm_ioplug_set_state(io, SND_PCM_STATE_DISCONNECTED);
    return static_cast<snd_pcm_sframes_t>(io->hw_ptr % io->buffer_size);
  }
  const auto buffer = static_cast<std::int64_t>(io->buffer_size);
  const auto elapsed = card.elapsedFrames();
  const auto carried = static_cast<std::int64_t>(card.carried);
  const bool isLate = io->stream == SND_PCM_STREAM_PLAYBACK ? elapsed > carried : elapsed - carried > buffer;
  if (card.start && isLate) return -EPIPE;
  return elapsed % buffer;
}

float* sampleOf(const snd_pcm_channel_area_t& area, snd_pcm_uframes_t frame)
{
  return reinterpret_cast<float*>(static_cast<char*>(area.addr) + (area.first + area.step * frame) / 8);
}

snd_pcm_sframes_t transfer(snd_pcm_ioplug_t* io, const snd_pcm_channel_area_t* areas,
                           snd_pcm_uframes_t offset, snd_pcm_uframes_t size)
{
  auto& card = Card::of(io);
  if (card.isUnplugged()) return -ENODEV;
  const std::lock_guard lock{cable().mutex};
  for (snd_pcm_uframes_t frame = 0; frame < size; ++frame, ++card.carried)
    for (unsigned channel = 0; channel < 2; ++channel) {
      float& onCable = cable().frames[card.carried % kCable][channel];
      float& inBuffer = *sampleOf(areas[channel], offset + frame);
      if (io->stream == SND_PCM_STREAM_PLAYBACK)
        onCable = inBuffer;
      else
        inBuffer = onCable;
    }
  return static_cast<snd_pcm_sframes_t>(size);
}

int pollRevents(snd_pcm_ioplug_t* io, pollfd* descriptors, unsigned, unsigned short* events)
{
  auto& card = Card::of(io);
  std::uint64_t ticks = 0;
  if ((descriptors[0].revents & POLLIN) != 0) (void)!read(card.timer, &ticks, sizeof ticks);
  *events = 0;
  if (card.isUnplugged())
    *events = POLLERR;
  else if (ticks > 0)
    *events = io->stream == SND_PCM_STREAM_PLAYBACK ? POLLOUT : POLLIN;
  return 0;
}

int closeCard(snd_pcm_ioplug_t* io)
{
  auto* const card = &Card::of(io);
  close(card->timer);
  delete card;
  return 0;
}

int prepareCard(snd_pcm_ioplug_t* io)
{
  return Card::of(io).isUnplugged() ? -ENODEV : stopCard(io);
}

snd_pcm_ioplug_callback_t callbacks()
{
  snd_pcm_ioplug_callback_t all{};
  all.start = &startCard;
  all.stop = &stopCard;
  all.pointer = &pointerOf;
  all.transfer = &transfer;
  all.close = &closeCard;
  all.prepare = &prepareCard;
  all.poll_revents = &pollRevents;
  return all;
}

int constrain(snd_pcm_ioplug_t& io, Rates rates)
{
  const unsigned format = SND_PCM_FORMAT_FLOAT_LE;
  const std::array<unsigned, 4> accesses{SND_PCM_ACCESS_MMAP_INTERLEAVED, SND_PCM_ACCESS_MMAP_NONINTERLEAVED,
                                         SND_PCM_ACCESS_RW_INTERLEAVED, SND_PCM_ACCESS_RW_NONINTERLEAVED};
  int error = snd_pcm_ioplug_set_param_list(&io, SND_PCM_IOPLUG_HW_ACCESS, accesses.size(), accesses.data());
  if (error == 0) error = snd_pcm_ioplug_set_param_list(&io, SND_PCM_IOPLUG_HW_FORMAT, 1, &format);
  if (error == 0) error = snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_CHANNELS, 2, 2);
  if (error == 0)
    error = snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_RATE, rates.lowest, rates.highest);
  if (error == 0)
    error = snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_PERIOD_BYTES, 16 * 8, 4096 * 8);
  if (error == 0) error = snd_pcm_ioplug_set_param_minmax(&io, SND_PCM_IOPLUG_HW_PERIODS, 2, 16);
  return error;
}

std::string plugOf(snd_config_t* configuration)
{
  snd_config_t* entry = nullptr;
  const char* plug = "";
  if (snd_config_search(configuration, "plug", &entry) == 0) snd_config_get_string(entry, &plug);
  return plug;
}

} // namespace

extern "C" {

SND_PCM_PLUGIN_DEFINE_FUNC(tutticard)
{
  static const auto kCallbacks = callbacks();
  auto card = std::make_unique<Card>();
  card->plug = plugOf(conf);
  card->rates = ratesAllowed(card->plug);
  if (card->rates.lowest == 0) return -ENODEV;
  card->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  card->io.version = SND_PCM_IOPLUG_VERSION;
  card->io.name = "Tutti's card for tests";
  card->io.callback = &kCallbacks;
  card->io.private_data = card.get();
  card->io.poll_fd = card->timer;
  card->io.poll_events = POLLIN;
  (void)root;
  if (const int error = snd_pcm_ioplug_create(&card->io, name, stream, mode); error != 0) {
    close(card->timer);
    return error;
  }
  if (const int error = constrain(card->io, card->rates); error != 0) {
    snd_pcm_ioplug_delete(&card.release()->io); // calls close, which frees the card
    return error;
  }
  *pcmp = card.release()->io.pcm;
  return 0;
}

SND_PCM_PLUGIN_SYMBOL(tutticard);
}
