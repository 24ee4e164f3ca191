#pragma once

#include <asio/ip/tcp.hpp>
#include <asio/ssl/context.hpp>
#include <asio/ssl/stream.hpp>

#include <tutti/net/TurnConnection.hpp>

/// Who a TURN server must be before we tell it anything.
namespace tutti::net::turn {

using TlsStream = asio::ssl::stream<asio::ip::tcp::socket>;

/// Trusts the pinned key only, or what the system trusts. Keep `target` as long as it.
asio::ssl::context tlsContext(const TurnConnection::Target& target);

/// Before the handshake: asks for the host by name, and demands that the certificate names it.
void demandHost(TlsStream& stream, const TurnConnection::Target& target);

} // namespace tutti::net::turn
