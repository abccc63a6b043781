"""Add as example: a good answer, or its corrected text, becomes a pair of somebody's draft."""
