"""What people do with commands, buttons, views and shortcuts, and what Slack tells the app of it."""
