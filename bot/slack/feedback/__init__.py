"""What people think of an answer: the thumbs under it, a word beside them, and "Not for you"."""
