# Everything that is not ours, each behind one target with the traps already stepped around.
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(tl-expected REQUIRED)
find_package(yaml-cpp REQUIRED)
if(NOT TARGET yaml-cpp::yaml-cpp) # 0.7 (Debian 12) has no namespace, 0.8 (Ubuntu 24.04) has
  add_library(yaml-cpp::yaml-cpp ALIAS yaml-cpp)
endif()

find_path(ASIO_INCLUDE_DIR asio.hpp REQUIRED) # Asio ships neither a .pc nor a CMake config
add_library(asio_standalone INTERFACE)
add_library(asio::asio ALIAS asio_standalone)
target_include_directories(asio_standalone SYSTEM INTERFACE ${ASIO_INCLUDE_DIR})
target_compile_definitions(asio_standalone INTERFACE ASIO_STANDALONE
  ASIO_DISABLE_STD_ALIGNED_ALLOC # else a file that includes Asio first frees with free() what the others made with new
  $<$<CXX_COMPILER_ID:Clang>:ASIO_HAS_CO_AWAIT=1 ASIO_HAS_STD_COROUTINE=1>) # else Asio looks for <experimental/coroutine>
target_compile_options(asio_standalone INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-mismatched-new-delete>) # false alarm of GCC 12
target_link_libraries(asio_standalone INTERFACE Threads::Threads)

find_package(PkgConfig REQUIRED)
pkg_check_modules(JACK REQUIRED IMPORTED_TARGET jack) # Tutti takes its headers only: the library is loaded when a musician has one
pkg_check_modules(PORTAUDIO REQUIRED IMPORTED_TARGET portaudio-2.0)
pkg_check_modules(SRTP REQUIRED IMPORTED_TARGET libsrtp2)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(HIREDIS REQUIRED IMPORTED_TARGET hiredis)
pkg_check_modules(HTTPLIB REQUIRED IMPORTED_TARGET cpp-httplib) # with all its flags, or it is built another way than Debian's
pkg_check_modules(MINIUPNPC REQUIRED IMPORTED_TARGET miniupnpc)
find_package(OpenSSL 3 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
pkg_check_modules(SNDFILE REQUIRED IMPORTED_TARGET sndfile)
pkg_check_modules(OPUS REQUIRED IMPORTED_TARGET opus)

if(TUTTI_APP)
  find_package(CLI11 REQUIRED)
  find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Qml Quick QuickControls2)
endif()

if(TUTTI_TESTS OR TUTTI_BENCH)
  find_package(Catch2 REQUIRED)
  if(NOT TARGET Catch2::Catch2WithMain) # Catch2 v2 (Debian 12) has no such target, v3 (Ubuntu 24.04) has
    file(WRITE ${CMAKE_BINARY_DIR}/catch_main.cpp "#define CATCH_CONFIG_MAIN\n#include <catch2/catch.hpp>\n")
    add_library(catch_main STATIC ${CMAKE_BINARY_DIR}/catch_main.cpp)
    target_link_libraries(catch_main PUBLIC Catch2::Catch2)
    add_library(Catch2::Catch2WithMain ALIAS catch_main)
  endif()
  include(Catch)
endif()
