"""Engines behind one protocol: a model on this computer, the built-in guide; model files and what they need."""

TRY_MODEL = "--try-model"
"""First on the command line it makes the process one that tries a model file. Here, because importing this is free."""

VARIANT_LIMIT = "LLAMA_VARIANT_LIMIT"
"""The environment variable by which the setting ``processor_variant`` reaches llama.cpp, in child processes too."""
