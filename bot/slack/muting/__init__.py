"""Threads in which Confab is asked to be quiet, and says once that it is."""
