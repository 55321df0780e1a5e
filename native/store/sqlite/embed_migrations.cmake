# cmake -DOUTPUT=x.cpp "-DFILES=a.sql;b.sql" -P embed_migrations.cmake: writes the migrations as one C++ source.
set(rows "")
foreach(file IN LISTS FILES)
    get_filename_component(name ${file} NAME_WE)
    string(REGEX MATCH "^[0-9]+" digits ${name})
    string(REGEX REPLACE "^0+" "" version ${digits})
    file(SHA256 ${file} digest)
    file(READ ${file} text)
    string(APPEND rows "        {${version}, \"${name}\", \"${digest}\", R\"sql(${text})sql\"},\n")
endforeach()
file(WRITE ${OUTPUT} "#include \"store/sqlite/migrate.hpp\"

namespace tenon::store::sqlite {

std::vector<Migration> built_in_migrations() {
    return {
${rows}    };
}

}  // namespace tenon::store::sqlite
")
