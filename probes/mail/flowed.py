"""Softly wrapped text (RFC 3676) as the paragraphs that its writer typed."""


def unflowed(text: str, *, deleted_space: bool) -> str:
    """Join the lines of `text` that end with a blank to the next (4.1).

    With `deleted_space` that blank goes (`DelSp`, for languages without any).
    A signature's `-- ` is no such line, and lines of different quoting depth
    are never joined.
    """
    whole: list[list[str]] = []
    soft = -1
    for line in text.split("\n"):
        stuffed = line.lstrip(">")
        depth = len(line) - len(stuffed)
        content = stuffed.removeprefix(" ")
        flows = content.endswith(" ") and content != "-- "
        if flows and deleted_space:
            content = content[:-1]
        if depth == soft:
            whole[-1].append(content)
        else:
            whole.append(["> " if depth else "", content])
        soft = depth if flows else -1
    return "\n".join("".join(pieces) for pieces in whole)
