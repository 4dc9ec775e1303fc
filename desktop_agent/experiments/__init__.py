"""The paper's four experiments on this computer: the program beside a synchronous baseline, with a report.

Calls to a model are simulated by a server process of our own that waits as long as it is asked to, so that what is
measured is the program and not the model; each result says its conditions. Nothing of the user's is read or changed.
"""

CHILD = "--experiment-child"
"""First on the command line it makes the process one that an experiment needs. Here, because importing this is free."""
