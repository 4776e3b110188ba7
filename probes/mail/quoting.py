"""The writer's own words in a mail, apart from those it only quotes."""

import re

DASHED = (
    "Original Message, Original Appointment, Forwarded message, "
    "Ursprüngliche Nachricht, Originalnachricht, Weitergeleitete Nachricht, "
    "Message d'origine, Message original, Message transféré, Mensaje original, "
    "Mensaje reenviado, Messaggio originale, Messaggio inoltrato, "
    "Oorspronkelijk bericht, Doorgestuurd bericht, Mensagem original, "
    "Mensagem encaminhada, Wiadomość oryginalna, Oryginalna wiadomość, "
    "Wiadomość przekazana dalej"
)
"""Between dashes, above the mail that is answered or forwarded."""

FORWARDS = (
    "Begin forwarded message, Anfang der weitergeleiteten Nachricht, "
    "Début du message réexpédié, Début du message transféré, "
    "Inicio del mensaje reenviado, Inizio messaggio inoltrato, "
    "Begin doorgestuurd bericht, Início da mensagem reenviada, "
    "Początek przekazywanej wiadomości"
)
"""What Apple Mail writes, with a colon, above a forwarded mail."""

OPENER = re.compile(
    r"\s*(?:On|Am|Le|El|Il|Op|Em|W dniu|Dnia|pon|wt|śr|czw|pt|sob|ndz?|niedz)\b"
)
WROTE = re.compile(
    r"\b(?:wrote|a écrit|escribió|ha scritto|geschreven|escreveu|pisze"
    r"|napisał(?:\(a\)|a)?|(?:schrieb|schreef)\b.*)\s?:\s*$"
)
"""How mail programs begin and end the line above the words they quote."""

BANNER = re.compile(
    rf"\s*-{{2,}} *(?:{'|'.join(DASHED.split(', '))}) *-{{2,}}\s*"
    rf"|\s*(?:{'|'.join(FORWARDS.split(', '))}) ?:\s*",
    re.IGNORECASE,
)
RULED = re.compile(r"\s*_{10,}\s*")
SENT = re.compile(
    r"\s*(?:Sent|Gesendet|Envoyé|Enviado(?: el| em)?|Inviato|Verzonden|Wysłano) ?:"
)
STAMPED = re.compile(r"@|\d{1,2}[:.]\d{2}")


EMPTY_STRETCH = re.compile(r"\n(?:[ \t\u00a0]*\n){2,}")
LONGEST = 400
"""Characters of a line that can be a banner or an attribution."""


def split(text: str) -> tuple[str, str]:
    """Return the writer's own words in `text`, and the quoted ones.

    Quoted are lines that begin with `>`, and all that follows the banner of an
    answered or forwarded mail or an attribution ("On … wrote:") in English,
    German, French, Spanish, Italian, Dutch, Portuguese or Polish.  After an
    attribution over `>` lines, words below those are the writer's again.
    """
    lines = text.split("\n")
    own: list[str] = []
    quoted: list[str] = []
    at = 0
    while at < len(lines):
        size = _quotation(lines, at)
        if size:
            quoted += [line.lstrip("> ") for line in lines[at : at + size]]
        else:
            own.append(lines[at])
        at += size or 1
    return _joined(own), _joined(quoted)


def _joined(lines: list[str]) -> str:
    """Return the lines as a text, without empty stretches."""
    return EMPTY_STRETCH.sub("\n\n", "\n".join(lines)).strip()


def _quotation(lines: list[str], at: int) -> int:
    """Return how many lines from `at` on are quoted: none, some, or all the rest."""
    rest = len(lines) - at
    if lines[at].startswith(">"):
        return 1
    if _is_banner(lines, at):
        return rest
    size = _attribution(lines, at)
    if not size or _next_line(lines, at + size).startswith(">"):
        return size
    # A visitor may well write "On 3 May my boss wrote:"; a mail program adds
    # the time or the address.
    return rest if STAMPED.search("".join(lines[at : at + size])) else 0


def _is_banner(lines: list[str], at: int) -> bool:
    line = lines[at][:LONGEST]
    if RULED.fullmatch(line):  # Outlook: a rule, then From: and Sent:
        return any(SENT.match(below) for below in lines[at + 1 : at + 4])
    return bool(BANNER.fullmatch(line))


def _attribution(lines: list[str], at: int) -> int:
    """Return over how many lines an attribution runs here: none, one or two."""
    if not OPENER.match(lines[at]):
        return 0
    for size in (1, 2):
        line = " ".join(lines[at : at + size])[:LONGEST]
        if WROTE.search(line) and re.search(r"\d", line):
            return size
    return 0


def _next_line(lines: list[str], at: int) -> str:
    """Return the next line that is not empty."""
    return next((line for line in lines[at : at + 5] if line.strip()), "")
