"""A real WordPress, of Debian's package, with a form of ours that mails by wp_mail."""

import shutil
import subprocess
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Self

from tests.world import process
from tests.world.mariadb import MariaDB

PHP = Path(__file__).with_name("wordpress_site")
SENDER = "www-data@example.test"
"""To whom bounces go, as on most shared hosts."""
PLUGIN = "contact-watchdog-companion/contact-watchdog-companion.php"
"""The one that the site may take in."""


class Sendmail(StrEnum):
    """What PHP's mail() runs; `{sendmail}` is a real one."""

    WORKING = "exec {sendmail} -f " + SENDER
    FAILING = "exit 75"
    """EX_TEMPFAIL: mail() returns false, and the form says so."""
    BLACK_HOLE = "exec cat >/dev/null"
    """Success, and no mail."""


@dataclass
class WordPress:
    """The running site."""

    folder: Path
    port: int
    sendmail: str
    database: MariaDB
    server: "subprocess.Popen[bytes]"

    @classmethod
    def start(cls, folder: Path, *, sendmail: str) -> Self:
        """Install WordPress in `folder`, whose path must be short, and serve it.

        `sendmail` is the command line of a working one.
        """
        (port,) = process.free_ports(1)
        _lay_out(folder)
        database = MariaDB.start(folder)
        database.execute("CREATE DATABASE wordpress")
        environment = _environment(folder, port)
        subprocess.run(
            ["php", PHP / "install.php"], env=environment, check=True, timeout=60
        )
        site = cls(folder, port, sendmail, database, _serve(folder, port))
        site.mail_by(Sendmail.WORKING)
        return site

    def stop(self) -> None:
        """Refuse connections."""
        process.end(self.server)

    def go_on(self) -> None:
        """Take connections again at the same port, with the same database."""
        if self.server.poll() is not None:
            self.server = _serve(self.folder, self.port)

    def close(self) -> None:
        """End for good."""
        self.stop()
        self.database.stop()

    @property
    def url(self) -> str:
        """The page with the form."""
        return f"http://127.0.0.1:{self.port}/contact/"

    @property
    def feedback_url(self) -> str:
        """The page with a form as Contact Form 7 makes them."""
        return f"http://127.0.0.1:{self.port}/feedback/"

    def mail_to(self, owner: str) -> None:
        """Mail what comes from now on to `owner`."""
        (self.folder / "owner").write_text(owner)

    def mail_through(self, port: int, user: str, password: str) -> None:
        """Mail what comes from now on by SMTP, with a login."""
        (self.folder / "account").write_text(f"{port}\n{user}\n{password}\n")

    def mail_by(self, sendmail: Sendmail) -> None:
        """Mail what comes from now on by another sendmail."""
        (self.folder / "account").unlink(missing_ok=True)
        command = sendmail.format(sendmail=self.sendmail)
        (self.folder / "sendmail").write_text(f"#!/bin/sh\n{command}\n")

    def guard(self) -> None:
        """Hold for spam whatever comes by the form of Contact Form 7's kind."""
        (self.folder / "guarded").touch()

    def ask_puzzle(self) -> None:
        """Let the other form want a CAPTCHA solved."""
        (self.folder / "captcha").touch()

    def skip_mail(self) -> None:
        """Thank those who write by that form, and mail nothing."""
        (self.folder / "unmailed").touch()

    def mend_form(self) -> None:
        """Take and mail what comes by both forms."""
        for mark in ("captcha", "guarded", "unmailed"):
            (self.folder / mark).unlink(missing_ok=True)

    @property
    def plugin_folder(self) -> Path:
        """Where the plugin is that the site takes in."""
        return self.folder / "content" / "plugins" / Path(PLUGIN).parent

    def take_in(self, plugin: Path) -> None:
        """Unpack and activate a plugin's zip file, as its owner would."""
        with zipfile.ZipFile(plugin) as packed:
            packed.extractall(self.folder / "content" / "plugins")
        self.act("activate", PLUGIN)

    def delete_plugin(self) -> None:
        """Deactivate and delete the plugin, as its owner would."""
        self.act("delete", PLUGIN)

    def act(self, act: str, about: str) -> str:
        """Do what `plugin.php` can do, and return what it says."""
        done = subprocess.run(
            ["php", PHP / "plugin.php", act, about],
            env=_environment(self.folder, self.port),
            stdout=subprocess.PIPE,
            check=True,
            timeout=60,
        )
        return done.stdout.decode()


def _lay_out(folder: Path) -> None:
    content = folder / "content"
    shutil.copytree(PHP / "theme", content / "themes" / "plain")
    for name in ("plugins", "mu-plugins"):
        (content / name).mkdir()
    for plugin in ("contact-form.php", "feedback-form.php"):
        shutil.copy(PHP / plugin, content / "mu-plugins")
    (folder / "owner").write_text("owner@example.test")


def _serve(folder: Path, port: int) -> "subprocess.Popen[bytes]":
    log = folder / "php.log"
    server = process.start(
        [
            *("php", "-d", f"sendmail_path=/bin/sh {folder}/sendmail"),
            *("-d", "opcache.revalidate_freq=0"),  # plugins come and go
            *("-S", f"127.0.0.1:{port}", PHP / "site.php"),
        ],
        log,
        env=_environment(folder, port),
    )
    process.wait_for_port(port, server, log)
    return server


def _environment(folder: Path, port: int) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin",
        "WORDPRESS_FOLDER": str(folder),
        "WORDPRESS_URL": f"http://127.0.0.1:{port}",
    }
