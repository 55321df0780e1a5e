// Only a store makes an Organisation: knowing an id proves nothing.
#include "store/organisation.hpp"

tenon::OrganisationId id_of(const tenon::store::Organisation& proven) { return proven.id(); }

#ifdef MISUSE
tenon::store::Organisation forge(tenon::OrganisationId id) { return tenon::store::Organisation(id); }
#endif
