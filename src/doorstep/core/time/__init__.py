"""Time has one clock, one zone and one calendar."""
