"""The row under an answer: its code, its raw syntax, a fresh start, and how it was made."""
