# cmake -DFOLDER=web/dist -DOUTPUT=… -P embed_page.cmake: the page's files as parts of the program. The assembler copies
# them in, which takes no time and any bytes. A folder that is not there gives a program without a page.
file(GLOB_RECURSE files RELATIVE ${FOLDER} ${FOLDER}/*)
list(SORT files)
set(assembly "")
set(declarations "")
set(rows "")
set(count 0)
foreach(file IN LISTS files)
    set(name tenon_page_${count})
    file(SHA256 ${FOLDER}/${file} digest)
    string(APPEND assembly "__asm__(\".section .rodata\\n.balign 16\\n.global ${name}\\n${name}:\\n\"
        \".incbin \\\"${FOLDER}/${file}\\\"\\n\"
        \".global ${name}_end\\n${name}_end:\\n.previous\\n\");  // ${digest}\n")
    string(APPEND declarations "extern \"C\" const char ${name}[], ${name}_end[];\n")
    string(APPEND rows
           "        {\"/${file}\", {${name}, static_cast<std::size_t>(${name}_end - ${name})}},\n")
    math(EXPR count "${count} + 1")
endforeach()
if(count EQUAL 0)
    set(body "    return {};\n")
else()
    set(body "    static const EmbeddedPageFile files[] = {\n${rows}    };\n    return files;\n")
endif()
set(source "// Generated from web/dist.
#include \"app/page_files.hpp\"

${assembly}${declarations}
namespace tenon::app {

std::span<const EmbeddedPageFile> embedded_page() {
${body}}

}  // namespace tenon::app
")
set(known "")
if(EXISTS ${OUTPUT})
    file(READ ${OUTPUT} known)
endif()
if(NOT known STREQUAL source)
    file(WRITE ${OUTPUT} "${source}")
endif()
