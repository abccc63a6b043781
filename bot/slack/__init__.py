"""The one door to Slack: inbound payloads to values, answers to messages within Slack's limits and rates."""
