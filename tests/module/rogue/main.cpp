// rogue_module HOW: joins as 'Rogue', plays 0.5, and after 20 blocks does what is not done.
//
//   play  nothing bad      crash  aborts         leave   says goodbye   exit   ends without a word, with
//   error 3 nan   not-a-number     loud   10^30          stall   sleeps on      slow   answers a block too
//   late flood talks and talks  babble says nonsense  scribble  random words all over the memory     chatter
//   prints
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <unistd.h>

#include <tutti/module/LaneMemory.hpp>
#include <tutti/module/LocalSocket.hpp>
#include <tutti/module/Message.hpp>
#include <tutti/module/ModuleSocket.hpp>

using namespace tutti;
using namespace tutti::module;
using namespace std::chrono_literals;

namespace {

Card card()
{
  return {.name = "Rogue", .description = "Behaves badly.", .inputs = {{"in", 2}}, .outputs = {{"out", 2}}};
}

float soundOf(std::string_view how)
{
  if (how == "nan") return std::numeric_limits<float>::quiet_NaN();
  return how == "loud" ? 1e30F : 0.5F;
}

int playAs(std::string_view how)
{
  auto socket = ModuleSocket::connect(card());
  if (!socket) {
    std::fprintf(stderr, "%s\n", socket.error().detail.c_str());
    return 2;
  }
  int blocks = 0;
  const auto over = socket->play([&](Turn& turn) {
    const bool isBad = ++blocks > 20;
    for (const auto& channel : turn.outputs)
      for (auto& sample : channel) sample = isBad ? soundOf(how) : 0.5F;
    if (how == "chatter") std::printf("block %d\n", blocks);
    if (!isBad) return;
    if (how == "crash") std::abort();
    if (how == "exit") std::_Exit(3);
    if (how == "leave") socket->leave("I have had enough.");
    if (how == "stall") std::this_thread::sleep_for(1h);
    if (how == "slow")
      std::this_thread::sleep_for(std::chrono::microseconds{3'000'000ULL * turn.frames / turn.rate});
  });
  std::fprintf(stderr, "%s\n", over.detail.c_str());
  return 0;
}

/// Without the library: what anybody could write.
struct Intruder {
  Descriptor socket = connectTo(std::getenv("TUTTI_MODULE_SOCKET")).value();
  Welcome welcome;
  LaneMemory memory = join();

  LaneMemory join()
  {
    const char* const token = std::getenv("TUTTI_MODULE_TOKEN");
    sendOne(socket, encode(Hello{token == nullptr ? "" : token, card()}));
    for (;;) {
      auto received = receiveOne(socket, kLargestMessage);
      if (!received) {
        std::this_thread::sleep_for(1ms);
        continue;
      }
      const auto message = parseMessage(received->message);
      if (!message || !std::holds_alternative<Welcome>(*message)) std::_Exit(2);
      welcome = std::get<Welcome>(*message);
      return LaneMemory::map(std::move(received->descriptor), welcome.shape.words()).value();
    }
  }
};

[[noreturn]] void flood(const ByteString& words)
{
  Intruder intruder;
  for (;;)
    if (!sendOne(intruder.socket, words)) ::usleep(100);
}

[[noreturn]] void scribble()
{
  Intruder intruder;
  std::mt19937 dice{1};
  for (auto next = std::chrono::steady_clock::now();;) {
    for (auto& word : intruder.memory.words()) word = static_cast<std::uint32_t>(dice());
    const auto said = static_cast<std::uint32_t>(dice() % 100'000);
    for (std::uint32_t i = 0; i < intruder.welcome.shape.slots; ++i)
      intruder.memory.words()[intruder.welcome.shape.answer(said + i)] = said + i;
    if (std::chrono::steady_clock::now() < next) continue;
    sendOne(intruder.socket, encode(Heartbeat{}));
    next = std::chrono::steady_clock::now() + 100ms;
  }
}

} // namespace

int main(int count, char** arguments)
{
  const std::string_view how = count > 1 ? arguments[1] : "play";
  if (how == "flood") flood(encode(Heartbeat{}));
  if (how == "babble") flood(ByteString(300, std::byte{0x55}));
  if (how == "scribble") scribble();
  return playAs(how);
}
