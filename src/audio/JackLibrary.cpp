#include "JackLibrary.hpp"

#include <dlfcn.h>
#include <optional>

namespace tutti::audio {
namespace {

#ifdef TUTTI_LIBRARY_ARCHITECTURE
constexpr const char* kPipeWire = "/usr/lib/" TUTTI_LIBRARY_ARCHITECTURE "/pipewire-0.3/jack/libjack.so.0";
#else
constexpr const char* kPipeWire = "/usr/lib64/pipewire-0.3/jack/libjack.so.0";
#endif

void swallow(const char*) {}

class Symbols {
public:
  explicit Symbols(void* library)
    : library_{library}
  {}

  template <class Function> void find(const char* name, Function& function)
  {
    function = reinterpret_cast<Function>(dlsym(library_, name));
    if (!function) isComplete_ = false;
  }
  [[nodiscard]] bool areComplete() const { return isComplete_; }

private:
  void* library_;
  bool isComplete_ = true;
};

void findClient(Symbols& symbols, JackLibrary& jack)
{
  symbols.find("jack_client_open", jack.clientOpen);
  symbols.find("jack_client_close", jack.clientClose);
  symbols.find("jack_get_client_name", jack.clientName);
  symbols.find("jack_activate", jack.activate);
  symbols.find("jack_deactivate", jack.deactivate);
  symbols.find("jack_get_sample_rate", jack.sampleRate);
  symbols.find("jack_get_buffer_size", jack.bufferSize);
  symbols.find("jack_set_buffer_size", jack.setBufferSize);
  symbols.find("jack_set_error_function", jack.setErrorFunction);
  symbols.find("jack_set_info_function", jack.setInfoFunction);
  symbols.find("jack_free", jack.free);
}

void findCallbacks(Symbols& symbols, JackLibrary& jack)
{
  symbols.find("jack_set_process_callback", jack.onProcess);
  symbols.find("jack_on_info_shutdown", jack.onShutdown);
  symbols.find("jack_set_buffer_size_callback", jack.onBufferSize);
  symbols.find("jack_set_sample_rate_callback", jack.onSampleRate);
  symbols.find("jack_set_xrun_callback", jack.onXrun);
  symbols.find("jack_set_port_connect_callback", jack.onConnect);
  symbols.find("jack_set_port_registration_callback", jack.onRegistration);
  symbols.find("jack_port_get_buffer", jack.calls.portBuffer);
  symbols.find("jack_get_cycle_times", jack.calls.cycleTimes);
  symbols.find("jack_get_time", jack.calls.time);
}

void findPorts(Symbols& symbols, JackLibrary& jack)
{
  symbols.find("jack_port_register", jack.portRegister);
  symbols.find("jack_port_unregister", jack.portUnregister);
  symbols.find("jack_port_name", jack.portName);
  symbols.find("jack_port_by_name", jack.portByName);
  symbols.find("jack_port_get_all_connections", jack.portConnections);
  symbols.find("jack_port_get_latency_range", jack.portLatency);
  symbols.find("jack_get_ports", jack.ports);
  symbols.find("jack_connect", jack.connect);
}

std::optional<JackLibrary> load(const char* path)
{
  void* const handle = dlopen(path, RTLD_NOW | RTLD_LOCAL);
  if (!handle) return std::nullopt;
  JackLibrary jack;
  jack.path = path;
  Symbols symbols{handle};
  findClient(symbols, jack);
  findCallbacks(symbols, jack);
  findPorts(symbols, jack);
  if (!symbols.areComplete()) return std::nullopt;
  return jack;
}

} // namespace

std::span<const JackLibrary> JackLibrary::all()
{
  static const std::vector<JackLibrary> found = [] {
    std::vector<JackLibrary> libraries;
    for (const char* const path : {"libjack.so.0", kPipeWire})
      if (auto library = load(path)) libraries.push_back(std::move(*library));
    return libraries;
  }();
  return found;
}

void JackLibrary::silence() const
{
  setErrorFunction(&swallow);
  setInfoFunction(&swallow);
}

std::vector<std::string> JackLibrary::taken(const char** names) const
{
  std::vector<std::string> copies;
  if (!names) return copies;
  for (const char** name = names; *name; ++name) copies.emplace_back(*name);
  free(names);
  return copies;
}

} // namespace tutti::audio
