#include "JackClient.hpp"

#include <chrono>
#include <thread>

#include <tutti/core/Log.hpp>

#include "JackMeeting.hpp"

namespace tutti::audio {
namespace {

std::string sentenceFor(jack_status_t status, const DeviceWish& wish)
{
  if ((status & JackVersionError) != 0)
    return "the JACK server that runs here and the JACK library are of different versions";
  const auto which = wish.device.empty() ? std::string{} : " named '" + wish.device + "'";
  return "no JACK server" + which +
         " is running: start one (for example with qjackctl), or choose another device";
}

} // namespace

Result<std::unique_ptr<JackClient>> JackClient::open(const DeviceWish& wish, Callback& callback)
{
  if (JackLibrary::all().empty())
    return failure(ErrorKind::unsupported, "JACK is not installed on this machine: choose another device");
  jack_status_t status{};
  for (const auto& jack : JackLibrary::all()) {
    const auto meeting = meetJack(jack, wish.clientName, wish.device);
    if (!meeting.hanging.empty()) return failure(ErrorKind::unavailable, meeting.hanging);
    status = meeting.status;
    if (!meeting.client) continue;
    std::unique_ptr<JackClient> client{new JackClient{jack, meeting.client, callback}};
    for (std::size_t i = 0; i < kInputs; ++i) {
      const auto port = client->makePort("in_" + std::to_string(i + 1), JackPortIsInput);
      if (!port) return tl::unexpected{port.error()};
      client->inputs_[i] = *port;
    }
    return client;
  }
  return failure(ErrorKind::unavailable, sentenceFor(status, wish));
}

JackClient::JackClient(const JackLibrary& jack, jack_client_t* client, Callback& callback)
  : jack_{jack}
  , client_{client}
  , callback_{callback}
  , rate_{jack.sampleRate(client)}
  , frames_{jack.bufferSize(client)}
{
  setCallbacks();
}

JackClient::~JackClient()
{
  if (isActive_ && !isShutDown_) jack_.deactivate(client_);
  while (isShutDown_ && !isAtRest()) std::this_thread::sleep_for(std::chrono::milliseconds{10});
  jack_.clientClose(client_);
}

/// Closing ends JACK's own thread. One that is still busy with the end of the server then takes a lock with
/// it, and closing waits for that for ever (seen with JACK 1.9.21, once in 40 ends of a server under load).
bool JackClient::isAtRest() const
{
  constexpr Micros kRest{500'000};
  return isShutDown_ && time::HostClock::now() - shutDownAt_.load() > kRest;
}

/// These run on JACK's own threads and only leave a note.
void JackClient::setCallbacks()
{
  jack_.onProcess(client_, &JackClient::onProcess, this);
  jack_.onShutdown(
    client_,
    [](jack_status_t, const char*, void* self) {
      static_cast<JackClient*>(self)->shutDownAt_ = time::HostClock::now();
      static_cast<JackClient*>(self)->isShutDown_ = true;
    },
    this);
  jack_.onBufferSize(
    client_,
    [](jack_nframes_t frames, void* self) {
      static_cast<JackClient*>(self)->frames_ = frames;
      return 0;
    },
    this);
  jack_.onSampleRate(
    client_,
    [](jack_nframes_t rate, void* self) {
      static_cast<JackClient*>(self)->rate_ = rate;
      return 0;
    },
    this);
  jack_.onXrun(
    client_,
    [](void* self) {
      static_cast<JackClient*>(self)->callback_.countXrun();
      return 0;
    },
    this);
  jack_.onConnect(
    client_,
    [](jack_port_id_t, jack_port_id_t, int, void* self) {
      static_cast<JackClient*>(self)->cablesChanged_ = true;
    },
    this);
  jack_.onRegistration(
    client_, [](jack_port_id_t, int, void* self) { static_cast<JackClient*>(self)->portsChanged_ = true; },
    this);
}

Result<void> JackClient::activate()
{
  isActive_ = true;
  if (jack_.activate(client_) == 0) return {};
  isActive_ = false;
  return failure(ErrorKind::unavailable, "the JACK server does not let Tutti take part");
}

Result<jack_port_t*> JackClient::makePort(const std::string& name, unsigned long flags)
{
  if (auto* const port = jack_.portRegister(client_, name.c_str(), JACK_DEFAULT_AUDIO_TYPE, flags, 0))
    return port;
  return failure(ErrorKind::refused, "the JACK server has no room for the port " + name);
}

Result<void> JackClient::addOutput(std::size_t channel, const std::string& name)
{
  return makePort(name, JackPortIsOutput).map([&](jack_port_t* port) { outputs_[channel] = port; });
}

void JackClient::removeOutput(std::size_t channel)
{
  jack_port_t* const port = outputs_[channel].exchange(nullptr);
  if (!port) return;
  waitForCallback();
  jack_.portUnregister(client_, port);
}

/// Until no callback that began before can still be running, or none runs at all.
void JackClient::waitForCallback() const
{
  constexpr auto kPatience = std::chrono::milliseconds{500};
  const auto giveUp = std::chrono::steady_clock::now() + kPatience;
  const auto enough = callback_.periods() + 2;
  while (isActive_ && !isShutDown_ && callback_.periods() < enough &&
         std::chrono::steady_clock::now() < giveUp)
    std::this_thread::sleep_for(std::chrono::microseconds{200});
}

void JackClient::askForFrames(std::size_t frames)
{
  if (frames == frames_) return;
  if (jack_.setBufferSize(client_, static_cast<jack_nframes_t>(frames)) == 0) return;
  log::audio().warn("JACK keeps its {} frames a period; {} were asked for", frames_.load(), frames);
}

std::string JackClient::name() const
{
  return jack_.clientName(client_);
}

} // namespace tutti::audio
