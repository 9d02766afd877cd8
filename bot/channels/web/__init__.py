"""Talks in a browser: pages that work without JavaScript, and `POST /messages` for programs."""
