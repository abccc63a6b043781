"""Block Kit on the screen: blocks and elements of messages, modals and home tabs."""
