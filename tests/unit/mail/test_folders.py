"""What a mail folder is for."""

import unicodedata

import pytest

from probes.mail.folders import KNOWN_NAMES, ROLES, is_place, role_of
from probes.mail.mailbox import Role


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("INBOX", Role.INBOX),
        ("Inbox", Role.INBOX),
        ("[Gmail]/Spam", Role.SPAM),
        ("[Google Mail]/Spam", Role.SPAM),
        ("Junk Email", Role.SPAM),
        ("Junk E-mail", Role.SPAM),
        ("Courrier indésirable", Role.SPAM),
        ("Courrier indesirable", Role.SPAM),
        ("Posta indesiderata", Role.SPAM),
        ("Ongewenste e-mail", Role.SPAM),
        ("Correo no deseado", Role.SPAM),
        ("Lixo eletrônico", Role.SPAM),
        ("Wiadomości-śmieci", Role.SPAM),
        ("Spamverdacht", Role.SPAM),
        ("Unbekannt", Role.SPAM),
        ("İSTENMEYEN", Role.SPAM),
        ("迷惑メール", Role.SPAM),
        ("INBOX.Junk", Role.SPAM),
        ("Bulk Mail", Role.SPAM),
        ("Gesendete Objekte", Role.SENT),
        ("WYSŁANE", Role.SENT),
        ("Entwürfe", Role.DRAFTS),
        ("Papirkurv", Role.TRASH),
        ("Customers/Junk dealers", Role.OTHER),
        ("Archive", Role.OTHER),
        ("", Role.OTHER),
    ],
)
def test_a_folder_is_known_by_its_name_in_many_languages(name: str, role: Role) -> None:
    assert role_of(name) is role


def test_a_decomposed_name_is_the_same_name() -> None:
    assert role_of(unicodedata.normalize("NFD", "Courrier indésirable")) is Role.SPAM


def test_the_servers_own_word_counts_before_the_name() -> None:
    assert role_of("Archiv", ["\\HasNoChildren", "\\JUNK"]) is Role.SPAM
    assert role_of("Spam", ["\\Trash"]) is Role.TRASH


def test_only_the_last_part_of_a_path_counts() -> None:
    assert role_of("INBOX.Spam", separator=".") is Role.SPAM
    assert role_of("Spam.Reports", separator=".") is Role.OTHER
    assert role_of("Dr. Spam", separator="/") is Role.OTHER


def test_only_the_real_inbox_is_the_inbox() -> None:
    assert role_of("Old/INBOX", separator="/") is Role.OTHER


def test_no_name_is_claimed_by_two_roles() -> None:
    names = sum(
        len(line.split(",")) for lines in KNOWN_NAMES.values() for line in lines
    )

    assert len(ROLES) == names


@pytest.mark.parametrize("attribute", ["\\Noselect", "\\NonExistent", "\\All"])
def test_a_folder_that_shows_the_mail_of_others_is_no_place(attribute: str) -> None:
    assert not is_place(["\\HasNoChildren", attribute])


def test_an_ordinary_folder_is_a_place() -> None:
    assert is_place(["\\HasNoChildren", "\\Marked", "\\Junk"])
