"""`/confab`: the words that it knows, and what each of them opens."""
