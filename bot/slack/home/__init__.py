"""App Home: each person's own page, the seed's three panels on it."""
