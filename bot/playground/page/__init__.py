"""The playground's page: a small Slack in the browser, served from the process that holds the workspace."""
