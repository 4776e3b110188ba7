"""An alarm told twice is one mail, and an incident's mails are one thread."""

from dataclasses import replace

from tests.world.facts import NOON
from watchdog.model import Alarm, AlarmId, AlarmResult, ChannelName, Reason
from watchdog.rules import marker
from watchdog.rules.thread import earlier, message_id

KEY = bytes(32)
FIRST = Alarm(
    id=AlarmId(1),
    channel=ChannelName("mail"),
    step=0,
    reason=Reason.OPENED,
    created_at=NOON,
    due_at=NOON,
    result=AlarmResult.SENT,
)
SECOND = replace(FIRST, id=AlarmId(2), reason=Reason.REMINDER)


def test_a_second_telling_has_the_id_of_the_first():
    assert message_id(KEY, AlarmId(7), "example.com") == message_id(
        KEY, AlarmId(7), "example.com"
    )


def test_no_two_alarms_and_no_two_ledgers_share_an_id():
    ids = {
        message_id(key, AlarmId(number), "example.com")
        for key in (KEY, bytes([1]) * 32)
        for number in range(9)
    }
    assert len(ids) == 18


def test_a_mail_refers_to_what_its_own_readers_have_had_before():
    others = replace(FIRST, id=AlarmId(3), channel=ChannelName("sms"))
    unsent = replace(FIRST, id=AlarmId(4), result=AlarmResult.FAILED)
    end = replace(FIRST, id=AlarmId(5), reason=Reason.RESOLVED, result=None)

    known = earlier(KEY, end, [FIRST, SECOND, others, unsent, end], "example.com")

    assert known == [
        message_id(KEY, AlarmId(1), "example.com"),
        message_id(KEY, AlarmId(2), "example.com"),
    ]


def test_no_marker_of_ours_stays_in_a_text_however_it_was_wrapped():
    mark = marker.make(KEY, at=NOON, salt=bytes(5))
    wrapped = f"it+{mark.upper()}@example.com and {mark[:9]}=\n > {mark[9:]}, twice"

    clean = marker.without(KEY, wrapped)

    assert clean == "it+(marker)@example.com and (marker), twice"
    assert marker.find(KEY, clean) == []


def test_what_only_looks_like_a_marker_stays():
    assert marker.without(KEY, "cwd" + "a" * 32) == "cwd" + "a" * 32
