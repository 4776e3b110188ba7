"""Pages, forms, and the ways to put a message through them."""
