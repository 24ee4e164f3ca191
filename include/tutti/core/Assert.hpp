#pragma once

namespace tutti {
[[noreturn]] void assertionFailed(const char* claim, const char* file, int line);
}

/// Our own broken invariant: stops the program near its cause. Nothing a stranger sends may reach one.
#define TUTTI_ASSERT(claim)                                                                                  \
  (static_cast<bool>(claim) ? void(0) : ::tutti::assertionFailed(#claim, __FILE__, __LINE__))
