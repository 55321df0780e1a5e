// A Secret is moved or duplicated by name, never copied in passing.
#include <utility>

#include "tenon/base/secret.hpp"

tenon::Secret pass_on(tenon::Secret secret) { return tenon::Secret(std::move(secret)); }

#ifdef MISUSE
tenon::Secret copy(const tenon::Secret& secret) { return tenon::Secret(secret); }
#endif
