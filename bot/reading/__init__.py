"""Reads the files that people share, each in a process of its own that may do little and not for long."""
