"""Engines behind one protocol: a model on this computer, the built-in guide; model files and what they need."""
