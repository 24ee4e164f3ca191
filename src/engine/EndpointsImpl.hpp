#pragma once

#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>

#include <tutti/audio/AudioDevice.hpp>
#include <tutti/endpoint/EndpointServer.hpp>
#include <tutti/engine/Endpoints.hpp>

#include "EndpointPatch.hpp"
#include "LanCalls.hpp"

namespace tutti::engine {

/// The pieces, and the thread that attends to them twenty times a second. Only what is shown and told is
/// seen by other threads.
class Endpoints::Impl {
public:
  explicit Impl(EndpointSettings settings);
  ~Impl();
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Result<void> open();
  EndpointSnapshot snapshot();
  std::vector<EndpointEvent> takeEvents();

private:
  using Streams = std::set<EndpointPatch::Stream>;

  Result<void> begin();
  Result<void> serve();
  Result<void> beClient();
  Result<std::shared_ptr<patch::Module>> makeSource(const MakeSource& source, std::size_t channels) const;
  Result<void> record();
  void end();

  void attend();
  void lookAround(HostTime now);
  void attendDevice(HostTime now);
  void attendRecording(HostTime now);
  void attendStreams(HostTime now);
  void attendServer(Streams& streams);
  void attendClient(HostTime now, Streams& streams);
  void use(const endpoint::EndpointClient::Server& server, Streams& streams);
  EndpointStreamSnapshot hear(const std::shared_ptr<endpoint::Reception>& reception,
                              const endpoint::Reception::Statistics& heard, const std::string& peer,
                              const std::string& stream, Streams& streams);
  void tell(EndpointEvent event);
  void complain(HostTime now, const std::string& sentence);

  EndpointSettings settings_;
  EndpointPatch patch_;
  std::unique_ptr<endpoint::EndpointServer> server_;
  LanCalls calls_;
  std::shared_ptr<patch::Module> source_; // what servers get
  std::shared_ptr<jam::Recording> recording_;
  std::string recordingProblem_;
  bool isFull_ = false;                        // the patch has no room for all streams
  std::unique_ptr<audio::AudioDevice> device_; // gone before what it plays
  EndpointSnapshot next_;                      // the attendant's

  std::mutex mutex_;
  EndpointSnapshot shown_;            // under mutex_
  std::vector<EndpointEvent> events_; // under mutex_

  std::mutex overMutex_;
  std::condition_variable over_;
  bool isOver_ = false; // under overMutex_
  std::thread attendant_;
};

} // namespace tutti::engine
