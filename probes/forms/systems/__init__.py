"""The form systems we know: how the page's own script would send, and what it hears."""
