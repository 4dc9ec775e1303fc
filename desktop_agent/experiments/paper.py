"""What the paper reports.

L. Qi, *High-Performance Asynchronous AI Agent Core System for Resource-Constrained Environments*.

Times in seconds unless a name says otherwise; its machine and its model calls are not ours, so only ratios compare.
"""

TEN_CALLS_SYNC, TEN_CALLS = 1.006, 0.113
HUNDRED_CALLS_SYNC, HUNDRED_CALLS = 30.0, 2.73
ONE_CALL_SYNC, ONE_CALL = 0.051, 0.525
START_WITHIN_PERCENT = 3.0
"""Start with lazy loading differs from start without by no more."""
MEMORY_GROWTH_PERCENT = 2.3
"""From 1 user to 100."""
CPU_SYNC_PERCENT, CPU_PERCENT = 42.6, 28.3
CACHED_MS, UNCACHED_MS = 26.5, 100.5
HIT_RATE_PERCENT = 73.6
ERRORS_SYNC_PERCENT, ERRORS_PERCENT = 8.3, 1.2
USERS = 100
"""At most 5 % errors, each sending every 2 s."""
