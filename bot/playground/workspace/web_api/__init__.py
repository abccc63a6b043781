"""Slack's Web API over the workspace: one table of methods, one way in."""
