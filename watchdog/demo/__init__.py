"""A small business on this machine, and a switch that breaks it."""
