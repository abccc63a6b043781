"""Every word of the row under an answer, and of what it opens, that people read."""

CODE = "View code"
RAW = "Show raw syntax"
CLEAR = "Clear chat"
SETTINGS = "Channel settings"
MORE = "More"
LARGER = "Use a larger maximum response"
