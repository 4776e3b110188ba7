"""Letters as the owner words them: Jinja, of which only what fills in is allowed.

A stranger's words are put into a letter as they are, and never read as a template.
There is no way to call, to count, or to put a loop into a loop: so a letter is
never longer than its template times the longest of the words, and soon written.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from jinja2 import StrictUndefined, Template, TemplateError, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

NAMES = (
    "name",
    "email",
    "phone",
    "subject",
    "message",
    "quoted",
    "fields",
    "date",
    "days",
    "form",
    "site",
    "from_name",
)
"""What a letter can tell of an inquiry."""

FILTERS = ("trim", "upper", "lower", "title", "capitalize", "default", "length")

ALLOWED = (
    nodes.Template,
    nodes.Output,
    nodes.TemplateData,
    nodes.Const,
    nodes.Name,
    nodes.If,
    nodes.For,
    nodes.CondExpr,
    nodes.Compare,
    nodes.Operand,
    nodes.And,
    nodes.Or,
    nodes.Not,
    nodes.Filter,
    nodes.Tuple,
)

MOST_SIGNS = 100_000
"""Of a letter; no person writes as much."""


class TemplateFault(Exception):
    """What is wrong with a template, and in which of its lines (None: all of it)."""

    def __init__(self, sentence: str, line: int | None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.line = line


@dataclass(frozen=True, slots=True)
class LetterTemplate:
    """A letter whose words still lack those of the inquiry."""

    _template: Template

    def fill(self, values: Mapping[str, Any]) -> str:
        """Return the letter; raise `TemplateFault` if it cannot be filled in."""
        signs, pieces = 0, []
        try:
            for piece in self._template.generate(values):
                signs += len(piece)
                if signs > MOST_SIGNS:
                    raise TemplateFault("makes a letter that is far too long", None)
                pieces.append(piece)
        except (TemplateError, TypeError) as error:
            raise TemplateFault(f"cannot be filled in: {error}", None) from None
        return "".join(pieces)


def parse(source: str) -> LetterTemplate:
    """Return a template, or raise `TemplateFault`."""
    environment = ImmutableSandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    environment.globals.clear()
    try:
        tree = environment.parse(source)
        _check(tree, NAMES)
        template = environment.from_string(tree)
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise TemplateFault(f"is no good template: {error.message}", line) from None
    except RecursionError:
        raise TemplateFault("is nested too deeply", None) from None
    return LetterTemplate(template)


def _check(node: nodes.Node, known: Collection[str], *, in_loop: bool = False) -> None:
    for child in node.iter_child_nodes():
        if not isinstance(child, ALLOWED):
            word = type(child).__name__.lower()
            raise TemplateFault(f"may not use “{word}”", child.lineno)
        if isinstance(child, nodes.Filter) and child.name not in FILTERS:
            said = f"knows no filter “{child.name}”, only {', '.join(FILTERS)}"
            raise TemplateFault(said, child.lineno)
        if isinstance(child, nodes.Name) and child.name not in known:
            raise TemplateFault(_unknown(child.name), child.lineno)
        if not isinstance(child, nodes.For):
            _check(child, known, in_loop=in_loop)
            continue
        over = child.iter
        is_plain = isinstance(over, nodes.Name) and over.name == "fields"
        if in_loop or child.recursive or not is_plain:
            said = "may only loop over `fields`, and not within a loop"
            raise TemplateFault(said, child.lineno)
        _check(child, {*known, *_targets(child)}, in_loop=True)


def _targets(loop: nodes.For) -> Sequence[str]:
    """Return the names that a loop gives to what it goes over."""
    if isinstance(loop.target, nodes.Name):
        return [loop.target.name]
    return [name.name for name in loop.target.find_all(nodes.Name)]


def _unknown(name: str) -> str:
    close = get_close_matches(name, NAMES, n=1)
    hint = f"; did you mean “{close[0]}”?" if close else f": it has {', '.join(NAMES)}"
    return f"knows no “{name}”{hint}"
