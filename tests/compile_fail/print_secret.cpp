// A Secret has no operator<<.
#include <ostream>

#include "tenon/base/secret.hpp"

void print(std::ostream& out, const tenon::Secret& secret) { out << secret.empty(); }

#ifdef MISUSE
void leak(std::ostream& out, const tenon::Secret& secret) { out << secret; }
#endif
