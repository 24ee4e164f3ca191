#pragma once

/// Ends the signature of every function that the audio callback can reach. Clang checks the promise twice:
/// while compiling (`-Wfunction-effects`, an error in our build) and while running (`-fsanitize=realtime`).
#if defined(__clang__) && defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::nonblocking)
#define TUTTI_NONBLOCKING [[clang::nonblocking]]
#endif
#endif
#ifndef TUTTI_NONBLOCKING
#define TUTTI_NONBLOCKING
#endif
