# cmake -DINPUT=schemas.json -DOUTPUT=… -P embed_schemas.cmake: the file as a C++ text, in pieces, since a literal has
# a largest length that compilers must take.
file(READ ${INPUT} text)
string(LENGTH "${text}" length)
set(at 0)
set(literal "")
while(at LESS length)
    string(SUBSTRING "${text}" ${at} 12000 part)
    string(APPEND literal "\n    R\"tenon(${part})tenon\"")
    math(EXPR at "${at} + 12000")
endwhile()
file(WRITE ${OUTPUT} "// Generated from native/api/schemas.json.
#include \"api/schemas.hpp\"

namespace tenon::api {

std::string_view embedded_schemas() {
    return${literal};
}

}  // namespace tenon::api
")
