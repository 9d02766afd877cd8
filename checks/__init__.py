"""The law and the procedures as pure functions: no input or output, no clock, no randomness."""
