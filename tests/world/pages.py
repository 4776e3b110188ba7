"""A small business's old website: a form that a script mails, and its faults."""

import json
import secrets
import smtplib
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import EmailMessage
from enum import StrEnum
from http import HTTPStatus
from http.cookies import SimpleCookie
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qs, unquote

from tests.world.old_html import CAPTCHA, DRAWN, FORM, NONCE, PAGE
from tests.world.process import LOOPBACK

FROM = "website@example.test"


class Fault(StrEnum):
    """What may be wrong with the site."""

    PAGE_ERROR = "the page answers 500"
    POST_ERROR = "the form answers 500, and sends nothing"
    FORM_GONE = "the page has no form any more"
    INVALID = "every message is found invalid, with status 200"
    CAPTCHA = "a CAPTCHA stands on the page"
    MAIL_FAILED = "the form says that it could not send"
    BLACK_HOLE = "the form says thanks, and sends nothing"
    GARBAGE = "the form sends, and answers what is not HTTP"
    EXPIRED = "every nonce is found too old"
    CRASH = "the form sends, and answers 500"


@dataclass
class Site:
    """The running site.  What a test sets on it holds from the next request on."""

    smtp_port: int
    owner: str
    """To whom the form's mail goes."""
    server: "Server"
    thread: threading.Thread
    fault: Fault | None = None
    delay: float = 0.0
    """Seconds before each answer."""
    script: str = ""
    """What its page runs in browsers."""
    is_drawn: bool = False
    """A script draws the form: without one, nobody sees it."""
    sender: str = FROM
    """In whose name it writes."""
    poses_as_visitor: bool = False
    """Its mail claims to come from the visitor, so that bounces go to him."""
    answers_visitor: bool = False
    """It mails him a confirmation, too, which quotes what he wrote."""
    visitors_smtp_port: int | None = None
    """To whom it hands that mail, if not to the same server."""
    login: tuple[str, str] | None = None
    """User and password with which it hands over its mail."""
    lets_past: Callable[[dict[str, str]], bool] = lambda _: False
    """Which requests pass its CAPTCHA, by what WSGI calls their environ."""
    is_tied: bool = True
    """A nonce counts only for the visitor to whom it was given, by a cookie."""
    received: list[dict[str, str]] = field(default_factory=list)
    """What visitors have posted, whatever became of it."""

    @classmethod
    def start(cls, *, smtp_port: int, owner: str) -> Self:
        """Listen on a loopback port, in threads of our own."""
        server = Server((LOOPBACK, 0), Visit)
        server.site = site = cls(smtp_port, owner, server, _serve(server))
        return site

    def stop(self) -> None:
        """Refuse connections."""
        self.server.closing.set()
        self.server.shutdown()
        self.server.server_close()
        self.thread.join()

    def go_on(self) -> None:
        """Take connections again at the same port."""
        self.server = Server((LOOPBACK, self.port), Visit)
        self.server.site = self
        self.thread = _serve(self.server)

    @property
    def url(self) -> str:
        """The page with the form."""
        return f"http://{LOOPBACK}:{self.port}/contact"

    @property
    def port(self) -> int:
        """Where it listens, or has listened."""
        return self.server.server_port

    def mail(self, posted: dict[str, str]) -> None:
        """Send what a visitor has posted, as such scripts do."""
        message = self.compose(posted)
        with smtplib.SMTP(LOOPBACK, self.smtp_port) as smtp:
            if self.login:
                smtp.login(*self.login)
            smtp.send_message(message)
        if self.answers_visitor:
            port = self.visitors_smtp_port or self.smtp_port
            with smtplib.SMTP(LOOPBACK, port) as smtp:
                smtp.send_message(self.confirm(message))

    def forget_nonces(self) -> None:
        """Let every nonce that was given out so far have run out."""
        self.server.nonces.clear()

    def compose(self, posted: dict[str, str]) -> EmailMessage:
        """Return what a visitor has posted as a mail to the owner."""
        message = EmailMessage()
        visitor = " ".join(posted["email"].split())
        message["From"] = visitor if self.poses_as_visitor else self.sender
        message["To"] = self.owner
        message["Reply-To"] = visitor
        message["Subject"] = "Message from your website"
        lines = [f"{name}: {value}" for name, value in posted.items()]
        message.set_content("\n".join(lines))
        return message

    def confirm(self, message: EmailMessage) -> EmailMessage:
        """Return what the visitor gets for his message."""
        mail = EmailMessage()
        mail["From"], mail["To"] = self.sender, message["Reply-To"]
        mail["Reply-To"] = self.owner
        mail["Subject"] = "Thank you for your message"
        mail.set_content(f"We will answer soon.  You wrote:\n{message.get_content()}")
        return mail


class Server(ThreadingHTTPServer):
    """Listens for one site."""

    daemon_threads = True
    site: Site

    def __init__(self, address: tuple[str, int], visit: type["Visit"]) -> None:
        super().__init__(address, visit)
        self.closing = threading.Event()
        self.nonces: set[str] = set()


class Visit(BaseHTTPRequestHandler):
    """One request."""

    server: Server

    def do_GET(self) -> None:
        """Show a page."""
        site = self.server.site
        self.server.closing.wait(site.delay)
        if site.fault is Fault.PAGE_ERROR:
            self._show(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error")
        elif self.path.partition("?")[0] != "/contact":
            self._show(HTTPStatus.NOT_FOUND, "There is no such page.")
        elif site.fault is Fault.FORM_GONE:
            self._show(HTTPStatus.OK, "<p>We are redesigning our website.</p>")
        else:
            self._show_form()

    def do_POST(self) -> None:
        """Take what a visitor writes, and answer as the fault has it."""
        site = self.server.site
        length = int(self.headers.get("Content-Length", 0))
        fields = parse_qs(self.rfile.read(length).decode(), keep_blank_values=True)
        posted = {name: values[-1] for name, values in fields.items()}
        site.received.append(posted)
        self.server.closing.wait(site.delay)
        match site.fault:
            case Fault.POST_ERROR:
                self._show(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error")
            case Fault.MAIL_FAILED:
                self._show(HTTPStatus.OK, "<p>Sorry, your message was not sent.</p>")
            case Fault.INVALID:
                self._show_form("<p class=error>Please enter a valid telephone.</p>")
            case Fault.CAPTCHA if not site.lets_past(self._environ()):
                self._show_form("<p class=error>Please show that you are human.</p>")
            case _:
                self._take(posted)

    def _environ(self) -> dict[str, str]:
        told = {
            f"HTTP_{name.upper().replace('-', '_')}": self.headers[name]
            for name in self.headers
        }
        path = unquote(self.path.partition("?")[0], "latin-1")
        return {**told, "REQUEST_METHOD": self.command, "PATH_INFO": path}

    def _take(self, posted: dict[str, str]) -> None:
        site = self.server.site
        nonce = posted.pop("nonce", "")
        is_his = nonce == self._cookie() or not site.is_tied
        known = nonce in self.server.nonces and is_his
        if not known or site.fault is Fault.EXPIRED:
            self._show(HTTPStatus.FORBIDDEN, "<p>This form has expired.</p>")
        elif not all(posted.get(name) for name in ("realname", "email", "comments")):
            self._show_form("<p class=error>Please fill in all fields.</p>")
        elif site.fault is Fault.BLACK_HOLE:
            self._thank()
        else:
            self._send(posted)

    def _send(self, posted: dict[str, str]) -> None:
        site = self.server.site
        try:
            site.mail(posted)
        except smtplib.SMTPAuthenticationError as error:
            words = error.smtp_error.decode() if error.smtp_error else ""
            said = f"<p>Mailer Error: {error.smtp_code} {words}</p>"
            self._show(HTTPStatus.OK, said)
            return
        except (OSError, smtplib.SMTPException):
            self._show(HTTPStatus.OK, "<p>Sorry, your message was not sent.</p>")
            return
        if site.fault is Fault.GARBAGE:
            self.wfile.write(b"\x00\xff\x00 segmentation fault\n")
            self.close_connection = True
        elif site.fault is Fault.CRASH:
            self._show(HTTPStatus.INTERNAL_SERVER_ERROR, "Internal Server Error")
        else:
            self._thank()

    def _thank(self) -> None:
        self._show(HTTPStatus.OK, "<p>Thank you! Your message has been sent.</p>")

    def _show_form(self, complaint: str = "") -> None:
        nonce = secrets.token_hex(8)
        self.server.nonces.add(nonce)
        captcha = CAPTCHA if self.server.site.fault is Fault.CAPTCHA else ""
        hidden = NONCE.format(nonce)
        form = FORM.format(complaint=complaint, nonce=hidden, captcha=captcha)
        if self.server.site.script:
            form += f"<script>{self.server.site.script}</script>"
        if self.server.site.is_drawn:
            form = DRAWN.format(json.dumps(form).replace("</", "<\\/"))
        self._show(HTTPStatus.OK, form, cookie=nonce)

    def _show(self, status: HTTPStatus, body: str, cookie: str = "") -> None:
        page = PAGE.format(title="Contact", body=body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        if cookie:
            self.send_header("Set-Cookie", f"visit={cookie}; HttpOnly")
        self.end_headers()
        self.wfile.write(page)

    def _cookie(self) -> str:
        cookies = SimpleCookie(self.headers.get("Cookie", ""))
        return cookies["visit"].value if "visit" in cookies else ""

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - http.server's name
        """Say nothing: what counts is in `received`."""


def _serve(server: Server) -> threading.Thread:
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    return thread
