"""The text of attached files: plain text, Markdown, PDF, Word. Everything here runs in a process of its own."""

READ_FILE = "--read-file"
"""First on the command line it makes the process one that reads a file. Here, because importing this is free."""
OUT_OF_MEMORY = 3
"""Exit status of that process when the file wanted more memory than it may have."""
