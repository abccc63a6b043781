"""Confab: the Azure OpenAI playground, living in Slack threads."""
