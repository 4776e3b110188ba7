"""What others said, on one line and no longer than is good for its readers."""


def one_line(text: str, most: int = 2_000) -> str:
    """Return the first `most` signs of `text`, none of which a reader cannot see."""
    kept = "".join(sign if sign.isprintable() else " " for sign in text[:most])
    return " ".join(kept.split())


def beginning(text: str, most: int) -> str:
    """Return how `text` begins, on one line; `…` where it was cut."""
    line = one_line(text, most * 2)
    return line if len(line) <= most else f"{line[:most].rstrip()}…"
