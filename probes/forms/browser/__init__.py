"""Forms in a real browser: those that scripts draw, and that only scripts send."""
