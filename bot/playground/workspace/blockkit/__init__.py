"""Block Kit as Slack checks it: the blocks that an app of this workspace may use, each within its limits."""
