#pragma once

#include <httplib.h>

#include "TlsIdentity.hpp"

namespace tutti::serve {

/// HTTPS as the directory's guests need it, and no more: the library takes bodies of any length where they
/// come in chunks, packed or until the end, and lines without one. Here a question says how long it is, is
/// not packed, and has a body of at most 64 KiB and a head of at most 8; whoever sends another one is told
/// so, and the connection ends.
///
/// Threads: each connection on the one that the library's task queue gives it.
class HttpsServer final : public httplib::SSLServer {
public:
  static constexpr std::size_t kLargestHead = std::size_t{8} << 10U;
  static constexpr std::size_t kLargestBody = std::size_t{64}
                                              << 10U; // 64 letters of 256 bytes are half of it

  explicit HttpsServer(const TlsIdentity& identity);

private:
  bool process_and_close_socket(socket_t socket) override;
  void converse(int socket);
};

} // namespace tutti::serve
