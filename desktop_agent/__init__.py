"""Desktop Agent: an AI assistant in one window for old laptops."""

__version__ = "0.1.0"
