# Runs right after project("llama.cpp"), when llama-cpp-python has forced LLAMA_BUILD_COMMON=ON into the cache.
# A normal variable hides the cache entry, so the common/ library, which nothing here loads, is not built:
# half of the compiling and 4 MB.
set(LLAMA_BUILD_COMMON OFF)

# A wheel cannot hold links: without this each library is in it three times, as .so, .so.0 and .so.0.5.0.
set(CMAKE_PLATFORM_NO_VERSIONED_SONAME ON)

# Of llama.cpp's variants for families of processors, those that are left out here cost half of the compiling and give
# a laptop little: piledriver is ivybridge with FMA, cannonlake and the servers' variants run as haswell or icelake,
# zen4 is icelake with BF16. llama.cpp has no option for it; the source is pip's own copy, unpacked for this build.
if (GGML_CPU_ALL_VARIANTS)
    set(LEFT_OUT piledriver skylakex cannonlake cascadelake cooperlake zen4 sapphirerapids)
    if (NOT MSVC)
        include(CheckCXXCompilerFlag)
        check_cxx_compiler_flag(-mavxvnni COMPILER_KNOWS_AVX_VNNI)
        if (NOT COMPILER_KNOWS_AVX_VNNI) # before GCC 11
            list(APPEND LEFT_OUT alderlake)
        endif()
    endif()
    set(FILE "${CMAKE_CURRENT_SOURCE_DIR}/ggml/src/CMakeLists.txt")
    file(READ "${FILE}" TEXT)
    foreach (VARIANT IN LISTS LEFT_OUT)
        string(REGEX REPLACE "ggml_add_cpu_backend_variant\\(${VARIANT} [^)]*\\)" "" TEXT "${TEXT}")
    endforeach()
    file(WRITE "${FILE}" "${TEXT}")
endif()
