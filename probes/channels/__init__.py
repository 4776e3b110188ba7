"""The ways to reach a person."""
