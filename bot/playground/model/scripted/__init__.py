"""A stand-in for Azure OpenAI that says what it is told, in every shape in which the service answers."""
