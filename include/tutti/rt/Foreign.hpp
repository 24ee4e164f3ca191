#pragma once

#include <cstdint>

#include <tutti/rt/Nonblocking.hpp>

/// The few foreign calls that the audio thread makes. Their libraries do not declare them nonblocking; we do,
/// here, each with the measurement that justifies it.
namespace tutti::rt {

/// The raw monotonic clock: no wall time, no slewing by NTP. The same counter on which Link measures.
///
/// Units: microseconds since some moment before this program.
/// Cost:  a read through the vDSO, no system call (`./dev bench clock`).
std::int64_t rawMonotonicMicros() noexcept TUTTI_NONBLOCKING;

/// Adds one to a semaphore (`sem_t` on Linux) and wakes who waits for it: an atomic, and a futex call only if
/// somebody sleeps. Neither waits nor allocates (`./dev bench rt.signal`).
void postSemaphore(void* semaphore) noexcept TUTTI_NONBLOCKING;

} // namespace tutti::rt
