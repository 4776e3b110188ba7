"""What we decide, as pure functions: time is an argument, nothing waits."""
