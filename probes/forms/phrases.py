"""How websites say thank you, and how they say that it did not work.

In the words of the form systems' translations and of hand-made sites; case
does not count.  A phrase must be sure where it stands alone: "sent" is none.
"""

import re
from collections.abc import Mapping, Sequence


def _any(phrases: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    every = (phrase for spoken in phrases.values() for phrase in spoken)
    return re.compile("|".join(every), re.IGNORECASE)


THANKS = _any(
    {
        "en": (
            r"\bthank(?:s| you)\b",
            r"\b(?:has|have) been (?:successfully )?(?:sent|submitted)\b",
            r"\b(?:has|have) been (?:successfully )?(?:received|recorded)\b",
            r"\b(?:was|were) (?:successfully )?(?:sent|submitted|received)\b",
            r"\b(?:successfully (?:sent|submitted)|(?:sent|submitted) successfully)\b",
            r"\bsubmission (?:was )?success",
            r"\bmessage (?:sent|received)\b",
            r"\bwe(?:\W| wi)ll (?:get back|be in touch|reply|respond|contact you)\b",
        ),
        "de": (
            r"\b(?:vielen|herzlichen|besten) dank\b|\bdanke\b",
            r"\bwurden? (?!nicht)(?:\w+ )?(?:ge|ver)(?:sendet|schickt)\b",
            r"\berfolgreich (?:ge|ver|abge)(?:sendet|schickt)\b",
            r"\bnachricht erhalten\b",
        ),
        "fr": (
            r"\bmerci\b",
            r"\ba (?:bien )?été (?:bien )?(?:envoyé|reçu|transmis)",
        ),
        "es": (
            r"\bgracias\b",
            r"(?<!no )\b(?:se ha|ha sido) (?:enviado|recibido)\b",
            r"\benviad[oa] (?:correctamente|con éxito)\b",
        ),
        "it": (
            r"\bgrazie\b",
            r"(?<!non )\bè stat[oa] (?:inviat|ricevut)[oa]\b",
            r"\binviat[oa] (?:con successo|correttamente)\b",
        ),
        "nl": (
            r"\b(?:bedankt|dank (?:u|je))\b",
            r"\bis (?:goed )?(?:verzonden|verstuurd|ontvangen)\b",
        ),
        "pl": (
            r"\bdziękuj(?:emy|ę)\b",
            r"(?<!nie )\bzostał[ao]? wysłan[aey]\b",
        ),
        "pt": (
            r"\bobrigad[oa]\b",
            r"(?<!não )\bfoi (?:enviad|recebid)[oa]\b",
            r"\benviad[oa] com sucesso\b",
        ),
    }
)

ERRORS = _any(
    {
        "en": (
            r"\berrors?\b|\bfailed\b|\bwent wrong\b|\btry again\b",
            r"\b(?:not|\w+n\Wt)(?: been| be)? (?:sen[dt]|submit|deliver|process)",
            r"\b(?:cannot|can\Wt) be (?:blank|empty|sent)\b",
            r"\bunable to (?:send|submit|process|deliver)\b",
            r"\b(?:is|are) required\b|\b(?:invalid|not (?:a )?valid)\b",
            r"\bplease (?:fill|enter|complete|correct|provide|check|accept)\b",
            r"\bmust (?:contain|accept)\b",
            r"\b(?:has|have|is) (?:already )?expired\b",
            r"\bproblems? with your (?:submission|message|request)\b",
            r"\bflagged as spam\b|\bappears to be (?:\w+ )?spam\b",
        ),
        "de": (
            r"\bfehler\b|\bfehlgeschlagen\b|\berneut\b|\bungültig",
            r"\bkonnten? (?:\w+ ){0,4}nicht\b",
            r"\bnicht (?:ge|ver|abge|zuge)(?:sendet|schickt|stellt)\b",
            r"\bpflichtfeld|\berforderlich\b|\b(?:ist|sind) abgelaufen\b",
            r"\bbitte (?:\w+ ){0,6}(?:(?:aus|ein)?(?:füllen|geben)|prüfen|korrigier)",
        ),
        "fr": (
            r"\berreurs?\b|\béch(?:ec|oué)|\bréessay|\bn\Wa p(?:as|u)\b",
            r"\bobligatoires?\b|\bveuillez\b|\binvalides?\b|\ba expiré\b",
        ),
        "es": (
            r"\bno (?:se ha|ha sido|se pudo|pudo|se ha podido) (?:\w+ )?(?:envi|ser)",
            r"\b(?:intént|intent)(?:e|a|é)(?:lo|ntelo)?\b|\bobligatorio|\binválid",
            r"\bno (?:es )?válid[oa]\b|\bha (?:caducado|expirado)\b",
        ),
        "it": (
            r"\berrore\b|\bnon è stat[oa]\b|\bimpossibile\b|\briprova\w*",
            r"\bobbligatori[oa]?\b|\bnon (?:è )?valid[oa]\b|\bè scadut[oa]\b",
        ),
        "nl": (
            r"\bfout(?:en|melding)?\b|\bmislukt\b|\bopnieuw\b|\bongeldig",
            r"\bniet (?:worden )?(?:verzonden|verstuurd)\b|\bverplicht|\bis verlopen\b",
        ),
        "pl": (
            r"\bbłąd\b|\bbłęd|\bnie (?:udało|został)|\bspróbuj",
            r"\bwymagan[ey]\b|\bnieprawidłow|\bwygas(?:ł|ła)\b",
        ),
        "pt": (
            r"\berro\b|\bnão (?:foi|pôde)\b|\bfalh(?:a|ou)\b|\btente novamente\b",
            r"\bobrigatóri[oa]|\binválid[oa]|\bexpirou\b",
        ),
    }
)

SPAM = re.compile(
    r"\banti-?spam|\bspam\b|captcha|\bturnstile\b|\bro?bots?\b|\broboter\b|\bfirewall\b"
    r"|\bsecurity (?:check|plugin)\b|\bhuman (?:check|test|verif\w+)"
    r"|\b(?:you(?:['’]re| are)|being) (?:a )?human\b|\bMensch (?:sind|bist)\b"  # noqa: RUF001
    r"|\bun (?:humain|humano|umano)\b|\bcz[łl]owiekiem\b",
    re.IGNORECASE,
)
"""Why a form says no to a robot, while people may get through."""

THANKS_ADDRESS = re.compile(
    r"(?<![a-z])(?:thank|danke|merci|gracias|grazie|bedankt|dziek|obrigad|success|sent"
    r"|confirmation|bestaetigung|envoye|enviado|inviato|verzonden|posted)"
    r"(?![\w-]*=(?:0|false|no|error)\b)",
    re.IGNORECASE,
)
ERROR_ADDRESS = re.compile(
    r"[?&/](?:errors?|failed|failure|fehler|erreur)\b(?!=(?:0|false|no)\b)"
    r"|=(?:errors?|failed|failure|spam|invalid)\b",
    re.IGNORECASE,
)
