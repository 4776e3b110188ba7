"""A form, a message for it, and servers that misbehave when they get it."""

import asyncio

from probes.forms import http
from probes.forms.exchange import Bounds
from probes.forms.form import Receipt, Visitor
from probes.settings import FormSettings
from tests.loopback.forms.website import Heard, Site, answer

ANNA = Visitor(
    name="Anna Probe",
    email="it+wq7m2k9d4h@agency.example",
    phone="+49 30 123456",
    subject="Automatic delivery test",
    message="Wq7m2k9d4h\nGrüße, an automatic delivery test.",
)
FIELDS = """
<label>Your name <input name=name></label>
<label>Your email <input type=email name=email></label>
<label>Your message <textarea name=message></textarea></label>
<button>Send</button>
"""
FORM = f"<h1>Contact</h1><form method=post action=/send>{FIELDS}</form>"
THANKS = answer("<p>Thank you for your message.</p>")
BRISK = Bounds(linger=0.0)
HASTY = Bounds(quiet=0.2, exchange=0.4, linger=0.0)


def form_at(url: str, **settings: object) -> FormSettings:
    return FormSettings.model_validate({"url": url, **settings})


async def submit(url: str, *, bounds: Bounds = BRISK, **settings: object) -> Receipt:
    async with http.ready(form_at(url, **settings), ANNA, bounds=bounds) as message:
        return await message.send()


def with_form(site: Site, form: str = FORM, *headers: str) -> str:
    """Let `site` show a form and thank for it; return where."""
    site.says |= {"/contact": answer(form, *headers), "POST /send": THANKS}
    return f"{site.url}/contact"


async def break_off(_: Heard, writer: asyncio.StreamWriter) -> None:
    writer.transport.abort()


async def say_nothing(_: Heard, __: asyncio.StreamWriter) -> None:
    await asyncio.Event().wait()


async def drip(_: Heard, writer: asyncio.StreamWriter) -> None:
    """Say one byte now and then: never silent, never done."""
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        writer.write(b"<")
        await writer.drain()
        await asyncio.sleep(0.05)


async def gush(_: Heard, writer: asyncio.StreamWriter) -> None:
    """Say chunk after chunk, as fast as they are taken, without an end."""
    writer.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    while True:
        writer.write(b"8000\r\n" + b"a" * 0x8000 + b"\r\n")
        await writer.drain()
