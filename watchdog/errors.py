"""What is wrong with what we were given: neither the world's fault nor a bug."""


class Unusable(Exception):
    """We cannot start from this: a sentence (or several lines) for the user.

    A command that meets it ends with exit code 3.
    """
