#pragma once

#include <jack/jack.h>
#include <span>
#include <string>
#include <vector>

#include <tutti/rt/Foreign.hpp>

namespace tutti::audio {

/// A JACK library that was found on this machine while running: Tutti starts without any.
///
/// It stays loaded until the end, as its threads do. Its messages go nowhere: what failed is told by return
/// values.
struct JackLibrary {
  /// All that there are, the best first: the system's own, then PipeWire's. Loaded on the first call.
  static std::span<const JackLibrary> all();

  std::string path;
  rt::JackCalls calls; ///< For the callback.

  decltype(&jack_client_open) clientOpen = nullptr;
  decltype(&jack_client_close) clientClose = nullptr;
  decltype(&jack_get_client_name) clientName = nullptr;
  decltype(&jack_activate) activate = nullptr;
  decltype(&jack_deactivate) deactivate = nullptr;
  decltype(&jack_get_sample_rate) sampleRate = nullptr;
  decltype(&jack_get_buffer_size) bufferSize = nullptr;
  decltype(&jack_set_buffer_size) setBufferSize = nullptr;

  decltype(&jack_set_process_callback) onProcess = nullptr;
  decltype(&jack_on_info_shutdown) onShutdown = nullptr;
  decltype(&jack_set_buffer_size_callback) onBufferSize = nullptr;
  decltype(&jack_set_sample_rate_callback) onSampleRate = nullptr;
  decltype(&jack_set_xrun_callback) onXrun = nullptr;
  decltype(&jack_set_port_connect_callback) onConnect = nullptr;
  decltype(&jack_set_port_registration_callback) onRegistration = nullptr;

  decltype(&jack_port_register) portRegister = nullptr;
  decltype(&jack_port_unregister) portUnregister = nullptr;
  decltype(&jack_port_name) portName = nullptr;
  decltype(&jack_port_by_name) portByName = nullptr;
  decltype(&jack_port_get_all_connections) portConnections = nullptr;
  decltype(&jack_port_get_latency_range) portLatency = nullptr;
  decltype(&jack_get_ports) ports = nullptr;
  decltype(&jack_connect) connect = nullptr;
  decltype(&jack_free) free = nullptr;

  decltype(&jack_set_error_function) setErrorFunction = nullptr;
  decltype(&jack_set_info_function) setInfoFunction = nullptr;

  void silence() const;

  /// A list of names as JACK returns it, copied and freed.
  [[nodiscard]] std::vector<std::string> taken(const char** names) const;
};

} // namespace tutti::audio
