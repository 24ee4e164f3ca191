#include "AudioSocket.hpp"

#include <unistd.h>

namespace tutti::linkaudio {
namespace {

/// Some seconds of a few channels; whoever floods us fills no more than this.
constexpr std::size_t kReceiveBuffer = std::size_t{1} << 20U;

} // namespace

Result<std::shared_ptr<AudioSocket>> AudioSocket::open(asio::io_context& context,
                                                       const discovery::LocalAddress& local)
{
  auto socket = net::BatchSocket::open({local.address, 0}, {.receiveBufferBytes = kReceiveBuffer});
  if (!socket) return tl::unexpected{socket.error()};
  return std::make_shared<AudioSocket>(context, std::move(*socket));
}

AudioSocket::AudioSocket(asio::io_context& context, net::BatchSocket socket)
  : socket_{std::move(socket)}
  , readable_{context, ::dup(socket_.descriptor())}
{}

void AudioSocket::listen(Received received)
{
  received_ = std::move(received);
  await();
}

void AudioSocket::await()
{
  readable_.async_wait(asio::posix::stream_descriptor::wait_read,
                       [self = shared_from_this()](const asio::error_code& error) {
                         if (error || !self->readable_.is_open()) return;
                         for (const auto& packet : self->socket_.receive())
                           if (self->readable_.is_open()) self->received_(packet);
                         if (self->readable_.is_open()) self->await();
                       });
}

void AudioSocket::close()
{
  asio::error_code ignored;
  readable_.close(ignored);
}

} // namespace tutti::linkaudio
