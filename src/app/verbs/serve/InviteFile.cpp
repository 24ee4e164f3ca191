#include "InviteFile.hpp"

#include <array>
#include <cerrno>
#include <fcntl.h>
#include <fmt/format.h>
#include <memory>
#include <string>
#include <system_error>
#include <unistd.h>

namespace tutti::app {
namespace {

class Descriptor {
public:
  explicit Descriptor(int number)
    : number_{number}
  {}
  ~Descriptor()
  {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }

private:
  int number_;
};

tl::unexpected<Error> refused(const std::filesystem::path& file, std::string_view what)
{
  return failure(ErrorKind::refused, fmt::format("{} cannot be {}: {}", file.string(), what,
                                                 std::generic_category().message(errno)));
}

} // namespace

Result<std::optional<room::Secret>> secretIn(const std::filesystem::path& file)
{
  const Descriptor in{::open(file.c_str(), O_RDONLY | O_CLOEXEC)};
  if (in.get() < 0 && errno == ENOENT) return std::nullopt;
  if (in.get() < 0) return refused(file, "read");
  std::array<char, 2048> text{};
  const auto size = ::read(in.get(), text.data(), text.size());
  if (size < 0) return refused(file, "read");
  const auto invitation = room::Invitation::parse({text.data(), static_cast<std::size_t>(size)});
  if (!invitation)
    return failure(ErrorKind::malformed, fmt::format("{}: {}", file.string(), invitation.error().detail));
  return invitation->secret;
}

Result<void> keepInvitation(const std::filesystem::path& file, const std::string& link)
{
  const auto draft = file.string() + ".new";
  ::unlink(draft.c_str());
  const Descriptor out{::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600)};
  if (out.get() < 0) return refused(file, "written");
  const auto text = link + '\n';
  const bool isWritten = ::write(out.get(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
  if (!isWritten || ::rename(draft.c_str(), file.c_str()) != 0) return refused(file, "written");
  return {};
}

} // namespace tutti::app
