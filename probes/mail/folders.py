"""What is a mail folder for?  Told by its special use, else by its known name."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

from probes.mail.mailbox import Role

SPECIAL_USE: Mapping[str, Role] = {
    "\\inbox": Role.INBOX,
    "\\junk": Role.SPAM,
    "\\spam": Role.SPAM,
    "\\sent": Role.SENT,
    "\\drafts": Role.DRAFTS,
    "\\trash": Role.TRASH,
}
"""RFC 6154 section 2; `\\Inbox` and `\\Spam` are from Gmail's older XLIST."""

NOT_A_PLACE = frozenset(
    {"\\noselect", "\\nonexistent", "\\all", "\\flagged", "\\important"}
)
"""Folders that hold no mail, or show only what lies elsewhere (RFC 6154, 8457).

Gmail's "All Mail", "Starred" and "Important" show every message a second time.
"""

KNOWN_NAMES: Mapping[Role, Sequence[str]] = {
    Role.SPAM: (
        "Spam, Junk, Junk Email, Junk Mail, Bulk, Bulk Mail, Spambox, Quarantine",
        "Spamverdacht, Unbekannt, Unerwünscht, Unerwünschte Werbung, Quarantäne",
        "Courrier indésirable, Indésirables, Pourriel, Pourriels",
        "Posta indesiderata, Indesiderata, Indesiderati, Posta spazzatura",
        "Ongewenste e-mail, Ongewenste reclame, Ongewenst",
        "Correo no deseado, No deseado, Correo basura, Correu brossa",
        "Lixo eletrônico, Lixo electrónico, Email de lixo, Correio não solicitado",
        "Wiadomości-śmieci, Niechciane, Skräppost, Søppelpost, Roskaposti",
        "Uønsket e-post, Uønsket post, Uønsket e-mail, Uønsket mail, Rämpspost",
        "Nevyžádaná pošta, Nevyžádané, Nevyžiadaná pošta, Levélszemét",
        "Mesaje nedorite, Email nedorit, Neželjena pošta, Vsiljena pošta",
        "Önemsiz E-posta, Gereksiz E-posta, İstenmeyen, İstenmeyen Posta",
        "Спам, Нежелательная почта, Небажана пошта, Нежелана поща",
        "Ανεπιθύμητη αλληλογραφία, Ανεπιθύμητα, Thư rác, Email sampah",
        "迷惑メール, 垃圾邮件, 垃圾郵件, 垃圾電子郵件, 스팸, 스팸메일함, 정크 메일",
        "البريد العشوائي, البريد غير الهام, דואר זבל",
    ),
    Role.SENT: (
        "Sent, Sent Items, Sent Mail, Sent Messages",
        "Gesendet, Gesendete Elemente, Gesendete Objekte, Gesendete Nachrichten",
        "Envoyés, Éléments envoyés, Messages envoyés, Courrier envoyé",
        "Inviata, Inviati, Posta inviata, Elementi inviati, Messaggi inviati",
        "Verzonden, Verzonden items, Verzonden berichten, Enviats",
        "Enviado, Enviados, Elementos enviados, Correo enviado, Mensajes enviados",
        "Itens enviados, Mensagens enviadas, Emails enviados, Email enviado",
        "Wysłane, Elementy wysłane, Skickat, Skickade, Skickade objekt",
        "Sendt, Sendte, Sendt post, Sendte elementer, Sendt mail, Lähetetyt",
        "Odeslané, Odeslaná pošta, Odoslané, Odoslaná pošta, Elküldött",
        "Elküldött elemek, Trimise, Elemente trimise, Mesaje trimise",
        "Poslano, Poslana pošta, Poslane stavke, Gönderilmiş Öğeler",
        "Gönderilmiş, Gönderilmiş Postalar, Gönderilenler, Отправленные",
        "Отправленные элементы, Надіслані, Відправлені, Изпратени, Απεσταλμένα",
        "送信済み, 送信済みアイテム, 送信済みメール, 已发送, 已发送邮件, 寄件備份",
        "보낸편지함, العناصر المرسلة, البريد المرسل, פריטים שנשלחו, נשלח",
    ),
    Role.DRAFTS: (
        "Drafts, Draft, Entwürfe, Entwurf, Brouillons, Bozze, Concepten",
        "Borradores, Borrador, Esborranys, Rascunhos, Kopie robocze, Szkice",
        "Wersje robocze, Utkast, Kladder, Luonnokset, Koncepty, Rozepsané",
        "Piszkozatok, Ciorne, Schițe, Taslaklar, Skice, Osnutki, Черновики",
        "Чернетки, Чернови, Πρόχειρα, 下書き, 草稿, 草稿箱, 草稿匣, 임시보관함",
        "المسودات, טיוטות",
    ),
    Role.TRASH: (
        "Trash, Bin, Deleted, Deleted Items, Deleted Messages, Wastebasket",
        "Papierkorb, Gelöscht, Gelöschte Elemente, Gelöschte Objekte",
        "Corbeille, Éléments supprimés, Messages supprimés, Cestino",
        "Posta eliminata, Elementi eliminati, Prullenbak, Verwijderde items",
        "Verwijderd, Papelera, Eliminados, Elementos eliminados, Paperera",
        "Lixeira, Lixo, Itens excluídos, Itens eliminados, Kosz",
        "Elementy usunięte, Papperskorgen, Borttaget, Borttagna objekt",
        "Papirkurv, Slettet, Slettede, Slettede elementer, Slettet post",
        "Roskakori, Poistetut, Koš, Odstraněná pošta",
        "Törölt elemek, Kuka, Coș de gunoi, Elemente șterse, Çöp, Çöp Kutusu",
        "Silinmiş Öğeler, Otpad, Корзина, Удаленные, Удаленные элементы",
        "Кошик, Видалені, Кошче, Διαγραμμένα, Κάδος απορριμμάτων, ゴミ箱",
        "削除済みアイテム, 已删除, 已删除邮件, 刪除的郵件, 垃圾桶, 휴지통",
        "سلة المهملات, אשפה, פריטים שנמחקו",
    ),
}
"""How mail hosts and programs name the folders, as their accounts show them."""


def role_of(
    name: str, attributes: Collection[str] = (), separator: str | None = None
) -> Role:
    """Return what the folder `name` is for.

    The server's own word (`attributes`) counts before the name, and of the name
    only the last part after `separator` (`/` or `.` where it is not known);
    case, accents, blanks and hyphens make no difference.
    """
    for attribute in attributes:
        if role := SPECIAL_USE.get(attribute.casefold()):
            return role
    if name.casefold() == "inbox":  # RFC 3501 5.1: in any case of letters
        return Role.INBOX
    parts = name.split(separator) if separator else re.split(r"[/.]", name)
    return ROLES.get(_folded(parts[-1]), Role.OTHER)


def is_place(attributes: Collection[str]) -> bool:
    """Return whether a folder holds mail of its own, by its LIST attributes."""
    return not any(attribute.casefold() in NOT_A_PLACE for attribute in attributes)


def _folded(name: str) -> str:
    """Return the bare letters and digits of a name, without case and accents."""
    plain = unicodedata.normalize("NFKD", name.casefold()).translate(UNDECOMPOSED)
    return "".join(letter for letter in plain if letter.isalnum())


UNDECOMPOSED = str.maketrans("łøđı", "lodi")
"""Letters with a stroke (or without a dot), which Unicode does not take apart."""

ROLES: Mapping[str, Role] = {
    _folded(name): role
    for role, lines in KNOWN_NAMES.items()
    for line in lines
    for name in line.split(",")
}
