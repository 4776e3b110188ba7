"""Hands and eyes: one protocol each; they know no checks and hold no opinions."""
