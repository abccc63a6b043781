"""The settings of a channel, in a modal: a root that lists five parts, each one pushed over it."""
