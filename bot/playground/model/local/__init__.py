"""A real language model on this machine, behind Azure OpenAI's paths."""
