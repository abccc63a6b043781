"""View code: a request to Azure OpenAI as Python, as a curl line and as JSON, to take away and run."""
