#pragma once

#include <httplib.h>

#include "Crew.hpp"
#include "Doors.hpp"
#include "TlsIdentity.hpp"

namespace tutti::serve {

/// HTTPS as the directory's guests need it, and no more: the library takes bodies of any length where they
/// come in chunks, packed or until the end, and lines without one. Here a question says how long it is, is
/// not packed, and has a body of at most 64 KiB and a head of at most 8; whoever sends another one is told
/// so, and the connection ends. Who has too many connections already is turned away before TLS begins.
///
/// Threads: each connection has its own; they come and go, at most `kMostThreads`.
class HttpsServer final : public httplib::SSLServer {
public:
  static constexpr std::size_t kLargestHead = std::size_t{8} << 10U;
  static constexpr std::size_t kLargestBody = std::size_t{64} << 10U; // 64 letters are half of it

  /// A poll holds one each, of as many members as a server has; and others want to be heard, too.
  static constexpr std::size_t kMostThreads = 640;
  static constexpr std::size_t kMostWaiting = 64; // for a thread
  /// The whole of the largest room behind one address: each polls, and says something now and then.
  static constexpr std::size_t kMostFromOne = 128;

  explicit HttpsServer(const TlsIdentity& identity);

  /// Once it is bound: a whole band may knock at the same time. The library lets five wait in the system, and
  /// the sixth tries again after a second.
  void letManyKnock();

private:
  bool process_and_close_socket(socket_t socket) override;
  void converse(int socket);

  Doors doors_{{.all = kMostThreads + kMostWaiting, .fromOne = kMostFromOne}};
  Crew crew_{kMostThreads};
};

} // namespace tutti::serve
