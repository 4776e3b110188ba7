"""The companion plugin reads what a visitor typed, and runs nothing of it."""

import json
import subprocess
from pathlib import Path

PLUGIN = Path(__file__).parents[2] / "watchdog/companion/wordpress"

FORMIDABLE = """
define('ABSPATH', '/');
[, $folder, $typed] = $argv;
class Trap { public function __wakeup() { echo 'sprung'; } }
class FrmEntry {
    public static array $metas = [];
    public static function getOne() { return (object) ['metas' => self::$metas]; }
}
class FrmField {
    public static function get_all_for_form() {
        $about = ['field_key' => 'words', 'name' => 'Words', 'type' => 'text'];
        return [(object) (['id' => 7] + $about)];
    }
}
FrmEntry::$metas = [7 => $typed];
require "$folder/fields.php";
require "$folder/form-plugins.php";
echo json_encode(ContactWatchdog\\read_formidable(1, 5)['fields'][0]['value']);
"""


def read_by_formidable(typed: str) -> str:
    done = subprocess.run(
        ["php", "-r", FORMIDABLE, str(PLUGIN / "includes"), typed],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    value: str = json.loads(done.stdout)
    return value


def test_no_object_is_made_of_what_a_visitor_typed() -> None:
    trap = 'O:4:"Trap":0:{}'

    assert read_by_formidable(trap) == trap
    assert read_by_formidable(f"a:1:{{i:0;{trap}}}") == ""


def test_several_choices_are_read_as_texts() -> None:
    assert read_by_formidable('a:2:{i:0;s:3:"Rye";i:1;s:5:"Spelt";}') == "Rye, Spelt"
    assert read_by_formidable("a: a question") == "a: a question"


KEPT = """
define('ABSPATH', '/');
[, $folder, $names] = $argv;
require "$folder/fields.php";
$fields = ContactWatchdog\\fields_of(array_fill_keys(json_decode($names), '4111'));
echo json_encode(array_column(json_decode(ContactWatchdog\\as_json($fields)), 'name'));
"""


def test_no_password_and_no_card_is_kept() -> None:
    kept = ["message", "postcard", "account"]
    secret = ["password", "cc-number", "credit_card", "cardNumber", "card_cvc", "cvv"]
    done = subprocess.run(
        ["php", "-r", KEPT, str(PLUGIN / "includes"), json.dumps([*kept, *secret])],
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )

    assert json.loads(done.stdout) == kept
