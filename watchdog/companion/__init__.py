"""The plugin of ours that a WordPress site takes in, and how it becomes a file."""
