"""The talk: what a person says, what the assistant answers, and the channels it passes through."""
