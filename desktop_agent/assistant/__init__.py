"""Core processing: one turn from question to stored answer."""
