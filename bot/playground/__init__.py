"""A local workspace that speaks Slack's protocols, a local model that speaks Azure's, and a page for both."""
