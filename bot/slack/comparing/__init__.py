"""Compare: one question to two versions or two deployments, side by side."""
