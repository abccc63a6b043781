"""The persona library: a modal in which the workspace's admins keep its own personas."""
