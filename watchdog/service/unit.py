"""A systemd unit for the daemon, as closed as its work allows."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel

from probes.mail.mailbox import Tidy
from probes.secrets import Secret
from watchdog.config import Config, Mailbox
from watchdog.config.ledger import APP, SQLITE

NAME = f"{APP}.service"

FOR_SYSTEM = (
    "DynamicUser=yes",
    "AmbientCapabilities=",
    "CapabilityBoundingSet=",
    "DevicePolicy=closed",
)
"""What only the system's own manager may do."""

FOR_USER = ("CapabilityBoundingSet=CAP_BLOCK_SUSPEND",)
"""A user has none of them anyway.  One that does no harm is left, since some managers
cannot take away all of them (https://github.com/erikwb/blueferry/issues/63)."""

WITHOUT_BROWSER = (
    "MemoryDenyWriteExecute=yes",
    "RestrictNamespaces=yes",
    "SystemCallFilter=~@privileged @resources",
)
WITH_BROWSER = ("SystemCallFilter=@chown @mount chroot setgid setuid",)
"""A browser compiles scripts as it runs them, and locks its pages in by namespaces:
it does not start where those are taken away."""

STATE = Path("/var/lib") / APP
"""The folder that systemd gives the service to write in."""

UNIT = """\
[Unit]
Description=Watch contact forms, from the form to the inbox
Wants=network-online.target
After=network-online.target time-sync.target

[Service]
Type=notify
ExecStart={program} -m watchdog run --config {config}
ExecReload=/bin/kill -HUP $MAINPID
Restart=always
RestartSec=30s
TimeoutStartSec=3min
WatchdogSec=3min
TimeoutStopSec=60s
{lines}
# What is not needed is taken away: see systemd.exec(5).
KeyringMode=private
LockPersonality=yes
NoNewPrivileges=yes
PrivateDevices=yes
PrivateMounts=yes
PrivateTmp=yes
PrivateUsers=yes
ProcSubset=pid
ProtectClock=yes
ProtectControlGroups=yes
ProtectHome={home}
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectProc=invisible
ProtectSystem=strict
RemoveIPC=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native
SystemCallErrorNumber=EPERM
SystemCallFilter=@system-service
{locks}
UMask=0077

[Install]
WantedBy={target}
"""


def systemd(config: Config, path: Path, *, program: Path, user: bool) -> str:
    """Return the unit; `program` is the Python in which we are installed."""
    lines, boxes = _folders(config), _paths(config.mailbox.values())
    if user:
        lines = [*FOR_USER, *lines]
    else:
        lines = [*FOR_SYSTEM, *lines, *_credentials(config)]
    return UNIT.format(
        program=_quoted(program),
        config=_quoted(path),
        lines="\n".join(lines),
        locks="\n".join(WITH_BROWSER if needs_browser(config) else WITHOUT_BROWSER),
        home="read-only" if user or _is_at_home(program, path, *boxes) else "yes",
        target="default.target" if user else "multi-user.target",
    )


def needs_browser(config: Config) -> bool:
    """Return whether a check says that its form needs a browser."""
    return any(
        check.form and (check.form.how == "browser" or check.form.captcha == "widget")
        for check in config.check
    )


def place_for(*, user: bool) -> Path:
    """Return where the unit's file belongs (systemd.unit(5))."""
    if not user:
        return Path("/etc/systemd/system") / NAME
    home = os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config"
    return Path(home) / "systemd" / "user" / NAME


def secrets_of(value: object) -> Iterator[Secret]:
    """Yield every secret that settings name, however deep."""
    if isinstance(value, Secret):
        yield value
    elif isinstance(value, BaseModel):
        for _, inner in value:
            yield from secrets_of(inner)
    elif isinstance(value, dict):
        for inner in value.values():
            yield from secrets_of(inner)
    elif isinstance(value, tuple):
        for inner in value:
            yield from secrets_of(inner)


def advice(config: Config, *, user: bool) -> Sequence[str]:
    """Return what to change in the configuration, that the unit may work."""
    sentences = [
        f"The service does not see your shell's variable {secret.env}: in the"
        f' configuration, write {{ file = "…" }} for it.'
        for secret in secrets_of(config)
        if secret.env
    ]
    if user:
        return sentences
    sentences += [
        f"systemd hands over {file} as a credential: in the configuration,"
        f' write {{ credential = "{name}" }} for it.'
        for file, name in _names(config).items()
    ]
    sentences += [
        f"The service has a user of its own, who may not read {box} unless you let"
        " everybody: for a mailbox on this machine, rather take --user."
        for box in _paths(config.mailbox.values())
    ]
    folder = ledger_folder(config)
    if folder and not folder.is_relative_to(STATE):
        sentences.append(
            f"The service may write in {STATE} alone: name the ledger"
            f" {SQLITE}{STATE / 'watchdog.db'}."
        )
    return sentences


def _folders(config: Config) -> list[str]:
    """Return where we may write: our own folders, the ledger's, tidied mailboxes.

    What is in the runtime folder, we remember over a restart and no longer.
    """
    folder = ledger_folder(config)
    tidied = [box for box in config.mailbox.values() if box.after is not Tidy.KEEP]
    found = [*([folder] if folder else []), *_paths(tidied)]
    writable = [f"ReadWritePaths=-{_quoted(one)}" for one in found]
    return [
        f"RuntimeDirectory={APP}",
        "RuntimeDirectoryMode=0700",
        "RuntimeDirectoryPreserve=restart",
        f"StateDirectory={APP}",
        "StateDirectoryMode=0700",
        *writable,
    ]


def _paths(boxes: Iterable[Mailbox]) -> Sequence[Path]:
    """Return the folders of those mailboxes that are on this machine."""
    return [box.path for box in boxes if box.kind != "imap"]


def ledger_folder(config: Config) -> Path | None:
    """Return the folder of the ledger's file, if it is one on this machine."""
    ledger = config.watchdog.ledger
    if isinstance(ledger, str) and ledger.startswith(SQLITE):
        return Path(ledger.removeprefix(SQLITE)).parent
    return None


def _credentials(config: Config) -> Iterator[str]:
    """Yield a line for each secret that systemd is to hand over to us.

    Root reads it then, and nobody else has to be able to.
    """
    found = {
        secret.credential: Path(f"/etc/{APP}") / secret.credential
        for secret in secrets_of(config)
        if secret.credential
    }
    found |= {name: file for file, name in _names(config).items()}
    for name, path in sorted(found.items()):
        yield f"LoadCredential={name}:{str(path).replace('%', '%%')}"


def _names(config: Config) -> Mapping[Path, str]:
    """Return by which name each secret's file is handed over: each by its own."""
    files = {secret.file for secret in secrets_of(config) if secret.file}
    count = Counter(file.name for file in files)
    return {
        file: file.name if count[file.name] == 1 else "-".join(file.parts[1:])
        for file in sorted(files)
    }


def _is_at_home(*paths: Path) -> bool:
    homes = (Path("/home"), Path("/root"))
    return any(path.is_relative_to(home) for path in paths for home in homes)


def _quoted(path: Path) -> str:
    """Return a path as a word of a unit file (systemd.syntax(7), systemd.unit(5))."""
    text = str(path).replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%")
    return f'"{text}"' if any(sign.isspace() for sign in text) else text
