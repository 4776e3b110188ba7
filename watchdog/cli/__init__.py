"""The commands: parse, call, print; they decide nothing."""
