// A connection's id is no form's id.
#include "base/ids.hpp"

tenon::FormId same(tenon::FormId id) { return id; }

#ifdef MISUSE
tenon::FormId mixed(tenon::ConnectionId id) { return same(id); }
#endif
