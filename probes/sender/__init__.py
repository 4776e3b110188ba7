"""Whether mail hosts have reason to trust who sends in a domain's name."""
