"""Values that PHP has serialised are read, and damaged ones refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from probes.errors import Unintelligible
from probes.stores.php import is_serialized, unserialized

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
KEYS = st.text(st.characters(exclude_categories=["Cs"])).filter(
    lambda key: not key.startswith("\0")
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.dictionaries(KEYS, inner, max_size=4), max_leaves=12
)


def serialized(value: object) -> str:
    """Write a value as PHP does."""
    match value:
        case None:
            return "N;"
        case bool():
            return f"b:{value:d};"
        case int():
            return f"i:{value};"
        case float():
            return f"d:{str(value).upper()};"
        case str():
            return f's:{len(value.encode())}:"{value}";'
        case dict():
            inner = "".join(serialized(k) + serialized(v) for k, v in value.items())
            return f"a:{len(value)}:{{{inner}}}"
    raise AssertionError(value)


@given(VALUES)
def test_what_php_writes_is_read_again(value: object) -> None:
    assert unserialized(serialized(value)) == value


@given(VALUES.map(serialized), st.data())
def test_nothing_that_is_cut_off_is_taken_for_whole(text: str, data: st.DataObject):
    cut = data.draw(st.integers(0, len(text) - 1))
    with pytest.raises(Unintelligible):
        unserialized(text[:cut])


@given(
    st.text(alphabet='aOsidbNrRC:;{}"0123456789\0é')
    | st.text(st.characters())
    | st.lists(st.sampled_from(["a:2:{", "i:0;", "R:1;", 's:1:"x";', "}"])).map("".join)
)
def test_anything_at_all_is_either_read_or_refused(text: str) -> None:
    try:
        unserialized(text)
    except Unintelligible:
        return


def test_a_texts_length_counts_bytes() -> None:
    assert unserialized('a:1:{s:4:"nöm";s:7:"Zoë 🙂";}'.replace("7", "9")) == {
        "nöm": "Zoë 🙂"
    }


def test_a_number_is_a_key_as_well() -> None:
    assert unserialized('a:2:{i:0;s:3:"red";i:1;s:4:"blue";}') == {
        "0": "red",
        "1": "blue",
    }


def test_an_object_is_its_public_fields_and_never_more() -> None:
    text = 'O:8:"stdClass":2:{s:4:"name";s:3:"Ann";s:7:"\0*\0salt";s:1:"x";}'
    assert unserialized(text) == {"name": "Ann"}


def test_an_object_that_reads_itself_is_refused() -> None:
    with pytest.raises(Unintelligible):
        unserialized('C:11:"ArrayObject":21:{x:i:0;a:0:{};m:a:0:{}}')


def test_a_reference_is_what_it_refers_to() -> None:
    assert unserialized('a:2:{s:1:"a";s:1:"x";s:1:"b";R:2;}') == {"a": "x", "b": "x"}


def test_a_reference_to_an_array_is_nothing_since_it_may_hold_itself() -> None:
    assert unserialized('a:1:{s:1:"a";R:1;}') == {"a": None}


@pytest.mark.parametrize(
    "text",
    [
        "a:1:{i:0;" * 1_000 + "N;" + "}" * 1_000,
        f"a:20000:{{{'i:0;N;' * 20_000}}}",
        "a:999999999:{",
        's:999999999:"x";',
        "i:99999999999999999999999999;",
        'a:1:{N;s:1:"x";}',
        "i:1;i:2;",
        "",
    ],
    ids=lambda text: text[:20],
)
def test_hostile_values_are_refused(text: str) -> None:
    with pytest.raises(Unintelligible):
        unserialized(text)


def test_only_what_looks_like_php_is_taken_for_it() -> None:
    assert is_serialized('a:1:{i:0;s:1:"x";}')
    assert not is_serialized("a: no, I think not")
    assert not is_serialized("Dear all: {}")
