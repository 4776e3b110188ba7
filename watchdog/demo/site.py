"""Riverside Studio's website: a contact form that mails, and switches that break it."""

import csv
import hmac
import secrets
from contextlib import AsyncExitStack
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from http import HTTPStatus
from pathlib import Path
from typing import Self

import aiosmtplib

from watchdog.demo import pages
from watchdog.demo.http import Request, Response, serving
from watchdog.demo.listener import HOST

SENDER = Address("Riverside Studio website", "website", "riverside.example")

COLUMNS = ("id", "submitted_at", "name", "email", "phone", "message")

PATIENCE = 10.0
"""Seconds that the site waits for its mail host."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inquiry:
    """What a visitor wrote, as the site keeps it."""

    id: int
    submitted_at: datetime
    name: str
    email: str
    phone: str
    message: str


class Site:
    """A website on loopback, while it is entered; its mail goes to `recipient`.

    Its faults are switches: with `mail_broken` it thanks the visitor and mails
    nothing (the classic), with `page_broken` every page is an error 500, with
    `form_gone` the contact page has lost its form.
    """

    def __init__(self, recipient: str, *, smtp_port: int) -> None:
        self.inquiries: list[Inquiry] = []
        self.mail_log: list[str] = []
        """What went wrong with mailing: the site knows, and tells nobody."""
        self.mail_broken = False
        self.page_broken = False
        self.form_gone = False
        self.url = ""
        self._recipient = recipient
        self._smtp_port = smtp_port
        self._key = secrets.token_bytes()
        self._csv: Path | None = None
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        port = await self._open.enter_async_context(serving(self._answer))
        self.url = f"http://{HOST}:{port}/contact/"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._open.aclose()

    def keep_in(self, path: Path) -> None:
        """Keep the inquiries in a CSV file too, from the first to those to come."""
        self._csv = path
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerow(COLUMNS)
        for inquiry in self.inquiries:
            self._write_row(inquiry)

    async def _answer(self, request: Request) -> Response:
        if self.page_broken:
            words = "There has been a critical error on this website."
            page = pages.notice("Error", words)
            return Response(status=HTTPStatus.INTERNAL_SERVER_ERROR, body=page)
        match request.method, request.path:
            case "GET", "/" | "/contact/":
                return self._contact(request)
            case "POST", "/contact/" if not self.form_gone:
                return await self._receive(request)
            case "GET", "/thank-you/":
                words = "Your message is on its way to us. We will be in touch soon."
                return Response(body=pages.notice("Thank you!", words))
            case "GET", "/search":
                return Response(body=pages.notice("Search", "Nothing was found."))
            case "POST", "/newsletter":
                words = "You will hear from us next season."
                return Response(body=pages.notice("Subscribed", words))
        page = pages.notice("Not found", "There is nothing here.")
        return Response(status=HTTPStatus.NOT_FOUND, body=page)

    def _contact(self, request: Request) -> Response:
        if self.form_gone:
            return Response(body=pages.contact_without_form())
        session = request.cookie("session") or secrets.token_urlsafe()
        cookie = f"session={session}; Path=/; HttpOnly; SameSite=Lax"
        return Response(
            body=pages.contact(self._nonce(session)),
            headers={"Set-Cookie": cookie, "Cache-Control": "no-store"},
        )

    async def _receive(self, request: Request) -> Response:
        """Take a posted form as such sites do: keep it, mail it, say thank you."""
        form = {name: value.strip() for name, value in request.form.items()}
        nonce = self._nonce(request.cookie("session"))
        if not hmac.compare_digest(form.get("nonce", "").encode(), nonce.encode()):
            page = pages.notice("Expired", "Please reload the page and try again.")
            return Response(status=HTTPStatus.FORBIDDEN, body=page)
        if troubles := _troubles(form):
            page = pages.contact(nonce, troubles)
            return Response(status=HTTPStatus.UNPROCESSABLE_ENTITY, body=page)
        # A robot that filled in the trap is thanked as well, so that it learns nothing.
        if not form.get("website"):
            await self._mail(self._keep(form))
        return Response(
            status=HTTPStatus.SEE_OTHER, headers={"Location": "/thank-you/"}
        )

    def _keep(self, form: dict[str, str]) -> Inquiry:
        inquiry = Inquiry(
            id=len(self.inquiries) + 1,
            submitted_at=datetime.now(UTC),
            name=" ".join(form["name"].split()),
            email=form["email"],
            phone=" ".join(form.get("phone", "").split()),
            message=form["message"],
        )
        self.inquiries.append(inquiry)
        self._write_row(inquiry)
        return inquiry

    def _write_row(self, inquiry: Inquiry) -> None:
        if self._csv is None:
            return
        with self._csv.open("a", newline="", encoding="utf-8") as file:
            row = asdict(inquiry) | {"submitted_at": inquiry.submitted_at.isoformat()}
            csv.DictWriter(file, COLUMNS).writerow(row)

    async def _mail(self, inquiry: Inquiry) -> None:
        """Mail an inquiry to the office; where that fails, only the log hears of it."""
        if self.mail_broken:
            self.mail_log.append(f"Inquiry {inquiry.id}: the mail program is broken")
            return
        try:
            await aiosmtplib.send(
                _message(inquiry, self._recipient),
                hostname=HOST,
                port=self._smtp_port,
                timeout=PATIENCE,
                start_tls=False,
            )
        except (aiosmtplib.SMTPException, OSError) as error:
            self.mail_log.append(f"Inquiry {inquiry.id}: {error}")

    def _nonce(self, session: str) -> str:
        return hmac.new(self._key, session.encode(), "sha256").hexdigest()


def _troubles(form: dict[str, str]) -> list[str]:
    troubles = [
        f"Please tell us your {name}."
        for name in ("name", "email", "message")
        if not form.get(name)
    ]
    if form.get("email") and not _is_address(form["email"]):
        troubles.append("Please check your email address.")
    return troubles


def _is_address(text: str) -> bool:
    try:
        address = Address(addr_spec=text)
    except (MessageError, ValueError, IndexError):
        return False
    return bool(address.username and address.domain and text.isascii())


def _message(inquiry: Inquiry, recipient: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = SENDER
    mail["To"] = recipient
    mail["Reply-To"] = Address(inquiry.name, addr_spec=inquiry.email)
    mail["Subject"] = f"New inquiry no. {inquiry.id} from {inquiry.name}"
    mail["Date"] = inquiry.submitted_at
    mail.set_content(
        f"Name: {inquiry.name}\nEmail: {inquiry.email}\nPhone: {inquiry.phone}\n\n"
        f"{inquiry.message}\n"
    )
    return mail
