"""The brain: what to watch, what it means, whom to tell, who was missed."""
