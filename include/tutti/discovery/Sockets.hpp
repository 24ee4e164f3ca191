#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/udp.hpp>

#include <tutti/core/Result.hpp>
#include <tutti/discovery/Interfaces.hpp>

/// The sockets of one gateway. All are non-blocking.
///
/// Errors: `refused` when another program holds the port for itself alone; `unavailable` for the rest. The
/// detail is a
///         sentence for the musician.
/// Spec:   link 2.1.
namespace tutti::discovery {

/// Hears what is sent to `group` on this gateway's interface, and shares the port with other programs.
Result<asio::ip::udp::socket> openGroupSocket(asio::io_context& context, const LocalAddress& gateway,
                                              const Endpoint& group);

/// An own port on the gateway's address; what it sends to a group leaves by the gateway's interface.
Result<asio::ip::udp::socket> openOwnSocket(asio::io_context& context, const LocalAddress& gateway);

} // namespace tutti::discovery
