"""Fields of a view, however long their text, and what came back in them."""
