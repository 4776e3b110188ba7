"""Whether a mail speaks like a website's notice, by words that people seldom use."""

from collections.abc import Set as AbstractSet

from watchdog.rules.matching.traits import traits, words_of

LABELS = (
    "name email mail phone telephone subject message comment website contact request",
    "vorname nachname telefon betreff nachricht kommentar firma anliegen",
    "nom prénom courriel téléphone objet sujet message",
    "nombre correo teléfono asunto mensaje apellidos",
    "nome cognome telefono oggetto messaggio",
    "naam telefoon onderwerp bericht",
    "telefone assunto mensagem sobrenome",
    "imię nazwisko temat wiadomość telefon",
    "navn emne besked melding namn ämne meddelande nimi aihe viesti",
    "имя телефон тема сообщение ad konu mesaj jméno předmět zpráva név tárgy üzenet",
    "名前 電話番号 件名 内容 姓名 电话 主题 留言",
)
NOTICES = (
    "submission submitted entry form enquiry inquiry webform",
    "formular kontaktformular anfrage eintrag eingang übermittelt kontaktanfrage",
    "formulaire soumission formulario envío",
    "modulo formulier inzending formulário",
    "formularz zapytanie zgłoszenie skjema henvendelse formulär förfrågan lomake",
    "форма заявка başvuru poptávka űrlap megkeresés",
    "お問い合わせ フォーム 表单 询盘 提交",
)
_LABELS = words_of(traits(" ".join(LABELS)))
_NOTICES = words_of(traits(" ".join(NOTICES)))


def is_like_a_notice(
    words: AbstractSet[int], said: AbstractSet[int] = frozenset()
) -> bool:
    """Return whether a mail with these words tells of a form's entry.

    What the person `said` himself does not count.
    """
    return bool((words & _NOTICES) - said) or len((words & _LABELS) - said) > 1
