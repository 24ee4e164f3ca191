# Warnings are errors, with GCC and Clang both. Each flag is here because it has caught something real.
add_library(tutti_warnings INTERFACE)
target_compile_options(tutti_warnings INTERFACE
  -Wall -Wextra -Werror -Wshadow -Wnon-virtual-dtor -Wold-style-cast -Woverloaded-virtual -Wcast-align
  -Wconversion -Wsign-conversion -Wdouble-promotion)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang" AND CMAKE_CXX_COMPILER_VERSION VERSION_GREATER_EQUAL 20)
  # What the audio callback can reach must not wait, allocate, lock, log or free: checked while compiling.
  target_compile_options(tutti_warnings INTERFACE -Wfunction-effects)
endif()
