"""The ways in: each channel turns its events into Messages and renders the same Replies."""
