"""The public door to the log: its heads and keys, what shows that it only grew, and what checks a proof."""
