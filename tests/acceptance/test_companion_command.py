"""`companion wordpress` makes the plugin, and keeps the secret that it shares."""

import zipfile
from pathlib import Path

from tests.world import command
from tests.world.config import Watched, write_config

PLUGIN = "contact-watchdog-companion-shop.example.zip"
KEY_FILE = "exemption-shop.example.key"
SETTINGS = "contact-watchdog-companion/settings.php"


def configured(folder: Path, *more: Watched) -> Path:
    mailbox = f'kind = "maildir"\npath = "{folder}"'
    shop = Watched(url="https://shop.example/contact/", mailbox=mailbox, name="Shop")
    return write_config(folder, shop, *more)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_a_new_secret_is_made_kept_and_never_shown(tmp_path: Path) -> None:
    ended = command.run(configured(tmp_path), "companion", "wordpress")

    key = (tmp_path / KEY_FILE).read_text()
    settings = zipfile.ZipFile(tmp_path / PLUGIN).read(SETTINGS).decode()
    assert ended.code == 0
    assert ended.out == f"{PLUGIN}\n"
    assert len(key) == 64
    assert f"'{key}'" in settings
    assert key not in ended.out + ended.talk
    assert f'exemption = {{ file = "{KEY_FILE}" }}' in ended.talk
    assert 'kind = "companion"' in ended.talk
    assert (mode(tmp_path / KEY_FILE), mode(tmp_path / PLUGIN)) == (0o600, 0o600)


def test_nothing_is_replaced_unless_it_is_asked_for(tmp_path: Path) -> None:
    config = configured(tmp_path)
    command.run(config, "companion", "wordpress")
    key = (tmp_path / KEY_FILE).read_text()
    first = (tmp_path / PLUGIN).read_bytes()

    again = command.run(config, "companion", "wordpress", "--keep-days", "30")
    kept = (tmp_path / PLUGIN).read_bytes()
    forced = command.run(
        config, "companion", "wordpress", "--keep-days", "30", "--force"
    )

    assert (again.code, forced.code) == (3, 0)
    assert "--force" in again.talk
    assert kept == first != (tmp_path / PLUGIN).read_bytes()
    assert (tmp_path / KEY_FILE).read_text() == key


def test_no_secret_is_made_for_a_site_that_would_show_it(tmp_path: Path) -> None:
    mailbox = f'kind = "maildir"\npath = "{tmp_path}"'
    inn = Watched(url="http://inn.example/", mailbox=mailbox)

    ended = command.run(write_config(tmp_path, inn), "companion", "wordpress")

    assert ended.code == 3
    assert "https:// alone" in ended.talk
    assert not list(tmp_path.glob("*.key"))


def test_two_secrets_for_one_plugin_are_refused(tmp_path: Path) -> None:
    config = configured(tmp_path)
    with config.open("a") as file:
        file.write(
            '\nform.exemption = { file = "secret" }\n'
            '[check.store]\nkind = "companion"\nkey = { file = "wrong" }\n'
        )

    ended = command.run(config, "companion", "wordpress")

    assert ended.code == 3
    assert "leave one of them out" in ended.talk
    assert not (tmp_path / PLUGIN).exists()


def test_of_several_sites_one_is_named(tmp_path: Path) -> None:
    mailbox = f'kind = "maildir"\npath = "{tmp_path}"'
    config = configured(
        tmp_path, Watched(url="https://inn.example/", mailbox=mailbox, name="Inn")
    )

    unnamed = command.run(config, "companion", "wordpress")
    named = command.run(config, "companion", "wordpress", "--check", "Inn")

    assert unnamed.code == 3
    assert "`Shop`, `Inn`" in unnamed.talk
    assert named.out == "contact-watchdog-companion-inn.example.zip\n"
