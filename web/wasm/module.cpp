// Emscripten's link needs one object that isn't in an archive; the module's functions come from core/abi.
#include "tenon.h"

static_assert(sizeof(enum tenon_op) == sizeof(uint32_t), "operations travel as 32-bit numbers");
