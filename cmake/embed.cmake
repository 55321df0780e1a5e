# tenon_embed(TARGET HEADER file.hpp NAMESPACE a::b [TABLES function=folder…] [TEXTS function=file…]): builds data files
# into one generated source, so that the programs need no files beside them. HEADER declares EmbeddedFile and the
# functions. Folders are globbed on purpose: a new provider is one data file.
set(TENON_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)

function(tenon_embed name)
    cmake_parse_arguments(arg "" "HEADER;NAMESPACE" "TABLES;TEXTS" ${ARGN})
    set(inputs "")
    foreach(entry IN LISTS arg_TABLES)
        string(REGEX REPLACE "^[^=]*=" "" folder ${entry})
        file(GLOB files CONFIGURE_DEPENDS ${folder}/*.json)
        list(APPEND inputs ${files})
    endforeach()
    foreach(entry IN LISTS arg_TEXTS)
        string(REGEX REPLACE "^[^=]*=" "" file ${entry})
        list(APPEND inputs ${file})
    endforeach()
    set(output ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    add_custom_command(
        OUTPUT ${output}
        COMMAND ${CMAKE_COMMAND} -DOUTPUT=${output} -DHEADER=${arg_HEADER} -DNAMESPACE=${arg_NAMESPACE}
                "-DTABLES=${arg_TABLES}" "-DTEXTS=${arg_TEXTS}" -P ${TENON_EMBED_SCRIPT}
        DEPENDS ${inputs} ${TENON_EMBED_SCRIPT}
        VERBATIM)
    tenon_module(${name} SOURCES ${output} LINKS tenon_core_headers)
endfunction()
