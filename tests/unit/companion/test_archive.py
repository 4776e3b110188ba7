"""The plugin's zip file is what WordPress takes, and the same each time."""

import io
import re
import zipfile
from pathlib import Path

from watchdog.companion.archive import FOLDER, archive

KEY = "k" * 32
SOURCE = Path(__file__).parents[3] / "watchdog/companion/wordpress"


def test_the_same_order_makes_the_same_file() -> None:
    first = archive(KEY, keep_tests_out=True, keep_days=30)

    assert archive(KEY, keep_tests_out=True, keep_days=30) == first
    assert archive(KEY[1:] + "x", keep_tests_out=True, keep_days=30) != first


def test_all_of_it_is_in_the_folder_that_wordpress_knows_it_by() -> None:
    plugin = zipfile.ZipFile(
        io.BytesIO(archive(KEY, keep_tests_out=False, keep_days=90))
    )

    there = {str(path.relative_to(SOURCE)) for path in SOURCE.rglob("*.*")}
    assert set(plugin.namelist()) == {
        f"{FOLDER}/{name}" for name in {*there, "settings.php"}
    }
    assert plugin.testzip() is None


def test_what_the_owner_said_is_in_it() -> None:
    plugin = archive("it's a \\ secret", keep_tests_out=True, keep_days=30)

    said = zipfile.ZipFile(io.BytesIO(plugin)).read(f"{FOLDER}/settings.php").decode()
    assert "'key' => 'it\\'s a \\\\ secret'" in said
    assert "'keep_tests_out' => true" in said
    assert "'keep_days' => 30" in said


def test_nobody_runs_a_file_of_it_by_its_address() -> None:
    guarded = re.compile(r"defined\('(ABSPATH|WP_UNINSTALL_PLUGIN)'\)")

    assert all(guarded.search(path.read_text()) for path in SOURCE.rglob("*.php"))


def test_every_part_is_loaded() -> None:
    start = (SOURCE / "includes/start.php").read_text()
    parts = {path.stem for path in (SOURCE / "includes").glob("*.php")} - {"start"}

    assert parts == {
        part for part in re.findall(r"'([a-z-]+)'", start) if part in parts
    }
