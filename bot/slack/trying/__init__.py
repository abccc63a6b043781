"""Try it: a private thread for a draft, and its buttons."""
