# Runs right after project("llama.cpp"), when llama-cpp-python has forced LLAMA_BUILD_COMMON=ON into the cache.
# A normal variable hides the cache entry, so the common/ library, which nothing here loads, is not built:
# half of the compiling and 4 MB.
set(LLAMA_BUILD_COMMON OFF)
