"""What Confab says unasked: a greeting for whoever brought it in, and a switch of persona."""
