"""The service: other programs and devices talk to the assistant through standard interfaces."""
