"""Summarise: a thread in short, for the person who asked, who may post it there."""
