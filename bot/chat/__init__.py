"""The trade itself: threads, turns, personas, prompts. Values and decisions, no I/O."""
