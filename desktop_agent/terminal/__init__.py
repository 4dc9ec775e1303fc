"""The program in a terminal and in a pipe: what each command does once its arguments are known."""
