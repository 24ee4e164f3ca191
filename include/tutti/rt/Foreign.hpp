#pragma once

#include <atomic>
#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>

struct _jack_client; // JACK's own names
struct _jack_port;

/// The few foreign calls that the audio thread makes. Their libraries do not declare them nonblocking; we do,
/// here, each with the measurement that justifies it.
namespace tutti::rt {

/// The raw monotonic clock: no wall time, no slewing by NTP. The same counter on which Link measures.
///
/// Units: microseconds since some moment before this program.
/// Cost:  a read through the vDSO, no system call (`./dev bench clock`).
std::int64_t rawMonotonicMicros() noexcept TUTTI_NONBLOCKING;

/// What the thread that asks has done since it began: between two of them lies whether it computed, waited,
/// or was held up by something more urgent.
struct Effort {
  std::int64_t computedMicros = 0;
  std::int64_t waits =
    0; ///< How often it gave up its processor of its own will: a lock, a sleep, a page from disk.
};

/// Cost: two system calls that neither wait nor allocate, about a microsecond (`./dev bench rt.effort`).
Effort effortOfThisThread() noexcept TUTTI_NONBLOCKING;

/// Adds one to a semaphore (`sem_t` on Linux) and wakes who waits for it: an atomic, and a futex call only if
/// somebody sleeps. Neither waits nor allocates (`./dev bench rt.signal`).
void postSemaphore(void* semaphore) noexcept TUTTI_NONBLOCKING;

/// Wakes everybody, also in other programs, who waits at this number in shared memory (`rt/SharedWord.hpp`):
/// a futex call, with no look at what the memory holds. Neither waits nor allocates (`./dev bench
/// rt.shared`).
void wakeSharedWord(const std::atomic<std::uint32_t>& word) noexcept TUTTI_NONBLOCKING;

/// The functions of a JACK library that a process callback calls, once the library is loaded. JACK's header
/// promises that they are fit for it ("safe to call from the process callback").
/// Cost: 0.02 to 0.04 µs each, 0.1 µs at worst (`./dev bench jack` beside a JACK server).
struct JackCalls {
  void* (*portBuffer)(_jack_port*, std::uint32_t frames) noexcept TUTTI_NONBLOCKING = nullptr;
  int (*cycleTimes)(const _jack_client*, std::uint32_t* frame, std::uint64_t* began, std::uint64_t* next,
                    float* period) noexcept TUTTI_NONBLOCKING = nullptr;
  std::uint64_t (*time)() noexcept TUTTI_NONBLOCKING = nullptr;
};

} // namespace tutti::rt
