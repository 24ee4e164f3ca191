// The Linux side of module/LaneMemory.hpp. Other systems get a file of their own beside it.
#include <tutti/module/LaneMemory.hpp>
#include <tutti/module/LaneShape.hpp>

#include <cerrno>
#include <fcntl.h>
#include <memory>
#include <string>
#include <sys/mman.h>
#include <sys/stat.h>
#include <system_error>
#include <utility>

namespace tutti::module {
namespace {

constexpr int kSeals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;

tl::unexpected<Error> noMemory(int error)
{
  return failure(ErrorKind::unavailable,
                 "There is no memory to share (" + std::generic_category().message(error) + ").");
}

std::size_t bytesOf(std::size_t words)
{
  return words * sizeof(rt::SharedWord);
}

/// Whose memory it is, all of it and no more, and for good.
bool isWhatWasSaid(int descriptor, std::size_t words)
{
  struct stat about{};
  const int seals = ::fcntl(descriptor, F_GET_SEALS);
  return seals >= 0 && (seals & kSeals) == kSeals && ::fstat(descriptor, &about) == 0 &&
         static_cast<std::size_t>(about.st_size) == bytesOf(words);
}

void* mapped(int descriptor, std::size_t words)
{
  void* memory =
    ::mmap(nullptr, bytesOf(words), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, descriptor, 0);
  if (memory == MAP_FAILED) return nullptr;
  ::mlock(memory, bytesOf(words)); // where the user's limits allow it; else it may be swapped, as all else
  return memory;
}

} // namespace

Result<LaneMemory> LaneMemory::make(std::size_t words)
{
  // Before the kernel tries: it would take all that there is first.
  if (words == 0 || words > LaneShape::kMostWords) return noMemory(EFBIG);
  LaneMemory memory{Descriptor{::memfd_create("tutti-module", MFD_CLOEXEC | MFD_ALLOW_SEALING)}};
  const int descriptor = memory.descriptor_.number();
  if (descriptor < 0) return noMemory(errno);
  const auto size = static_cast<off_t>(bytesOf(words));
  // Allocated, not only promised: a page that is not there when the audio thread comes is a fault.
  if (const int error = ::posix_fallocate(descriptor, 0, size); error != 0) return noMemory(error);
  if (::fcntl(descriptor, F_ADD_SEALS, kSeals) != 0) return noMemory(errno);
  void* const place = mapped(descriptor, words);
  if (place == nullptr) return noMemory(errno);
  auto* const first = static_cast<rt::SharedWord*>(place);
  std::uninitialized_value_construct_n(first, words);
  memory.words_ = {first, words};
  return memory;
}

Result<LaneMemory> LaneMemory::map(Descriptor shared, std::size_t words)
{
  LaneMemory memory{std::move(shared)};
  const int descriptor = memory.descriptor_.number();
  if (!isWhatWasSaid(descriptor, words))
    return failure(ErrorKind::malformed, "The memory that came is not what was said.");
  void* const place = mapped(descriptor, words);
  if (place == nullptr) return noMemory(errno);
  memory.words_ = {static_cast<rt::SharedWord*>(place), words}; // made by the other side
  return memory;
}

Descriptor LaneMemory::share() const
{
  return Descriptor{::fcntl(descriptor_.number(), F_DUPFD_CLOEXEC, 0)};
}

LaneMemory::~LaneMemory()
{
  if (!words_.empty()) ::munmap(words_.data(), words_.size_bytes());
}

} // namespace tutti::module
