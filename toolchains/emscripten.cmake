# Toolchain of the preset `web`: Emscripten 3.1.6 (Debian 12). Browser app only. libc++ 13-ish: no <expected>, <ranges>, bit_cast,
# source_location, coroutine, format -> core/ uses tl::expected (libexpected-dev) etc.
set(CMAKE_SYSTEM_NAME Emscripten)
set(CMAKE_C_COMPILER emcc)
set(CMAKE_CXX_COMPILER em++)
set(CMAKE_AR emar)
set(CMAKE_RANLIB emranlib)
set(CMAKE_TRY_COMPILE_TARGET_TYPE STATIC_LIBRARY)
set(CMAKE_EXECUTABLE_SUFFIX ".mjs")
set(TENON_WASM 1)
set(EMSCRIPTEN 1)
set(CMAKE_CXX_FLAGS_INIT "-fno-exceptions -fno-rtti")
# Not _INIT: CMake would append its own -O3, and the last one counts.
set(CMAKE_C_FLAGS_RELEASE "-Os -DNDEBUG" CACHE STRING "")
set(CMAKE_CXX_FLAGS_RELEASE "-Os -DNDEBUG" CACHE STRING "")
