"""The people who write to Riverside Studio."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One who writes through the contact form."""

    name: str
    email: str
    message: str


AT_FIRST: Sequence[Person] = (
    Person(
        name="Lena Brandt",
        email="lena@brandt.example",
        message="Do you take photographs of newborns at home? Ours is two weeks old.",
    ),
)
SPAMMED: Sequence[Person] = (
    Person(
        name="Omar Haddad",
        email="omar@haddad.example",
        message="I need a portrait for my application by Thursday. Is that possible?",
    ),
)
LOST: Sequence[Person] = (
    Person(
        name="Grace O'Neill",
        email="grace@oneill.example",
        message="We marry on 12 June, with 80 guests. Are you free, and what is it?",
    ),
    Person(
        name="Jürgen Weiß",
        email="j.weiss@weiss-bau.example",
        message="Our firm needs pictures of 14 finished houses. Please send an offer.",
    ),
    Person(
        name="山田 花子",
        email="hanako@yamada.example",
        message="七五三の写真をお願いしたいのですが、空いていますか?",
    ),
)
