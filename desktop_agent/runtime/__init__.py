"""What keeps the window live on a weak machine: threads, tasks, caches, lazy loading, retries, the monitor."""
