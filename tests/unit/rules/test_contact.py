"""That somebody was written to, and has answered, is seen in the mailbox."""

from hypothesis import given
from hypothesis import strategies as st

from tests.world.cases import ANNA, mail, missed, step
from tests.world.facts import after
from watchdog.model import CaseState, Mail, MailKind, Missed, StepKind
from watchdog.rules.contact import SAID, contacts

OURS = "letter@riverside.example"
LETTERS = [OURS]
OTHER = "bob@example.org"
SENT = mail("sent", recipients=(ANNA,), message_id="sent@riverside.example")
CONTACTED = missed(state=CaseState.CONTACTED)


def kinds(case: Missed, *mails: Mail) -> list[StepKind]:
    return [one.kind for one in contacts(case, mails, LETTERS)]


def test_a_letter_to_them_in_the_sent_folder_is_a_contact() -> None:
    [step] = contacts(missed(), [SENT], LETTERS)

    assert (step.kind, step.done_at, step.by) == (
        StepKind.CONTACTED,
        SENT.arrived_at,
        "mailbox",
    )


def test_an_address_is_known_in_any_spelling() -> None:
    assert kinds(missed(email="Anna@EXAMPLE.org "), SENT) == [StepKind.CONTACTED]


def test_our_letter_is_a_contact_to_whatever_address_it_was_sent() -> None:
    sent = mail("sent", recipients=(OTHER,), message_id=OURS)

    assert kinds(missed(), sent) == [StepKind.CONTACTED]


def test_these_are_no_contacts() -> None:
    for one in (
        mail("drafts", recipients=(ANNA,), message_id=OURS),
        mail("sent", recipients=(OTHER,)),
        mail("inbox", recipients=(ANNA,)),
        mail("sent", recipients=(ANNA,), arrived_at=after(hours=-1)),
        mail("sent", recipients=(ANNA,), kind=MailKind.OURS),
        mail("inbox", senders=(ANNA,)),
        mail("sent", recipients=(ANNA,), is_automatic=True),
        mail("sent", recipients=(ANNA,), arrived_at=after(minutes=1)),
    ):
        assert kinds(missed(), one) == []


def test_nobody_without_an_address_is_found_in_mails_without_recipients() -> None:
    sent = mail("sent", recipients=("", "undisclosed-recipients:;"))

    assert kinds(missed(email=""), sent) == []


def test_who_writes_after_that_has_answered() -> None:
    answer = mail(senders=(ANNA,), arrived_at=after(hours=3))

    assert kinds(missed(), SENT, answer) == [StepKind.CONTACTED, StepKind.ANSWERED]
    assert kinds(CONTACTED, SENT, answer) == [StepKind.ANSWERED]


def test_a_note_of_absence_is_no_answer() -> None:
    away = mail(senders=(ANNA,), arrived_at=after(hours=3), is_automatic=True)

    assert kinds(CONTACTED, away) == []


def test_what_they_wrote_before_answers_nothing() -> None:
    early = mail(senders=(ANNA,), arrived_at=after(minutes=50))

    assert kinds(CONTACTED, early, SENT) == []


def test_an_answer_in_the_spam_folder_is_read_by_nobody() -> None:
    assert kinds(CONTACTED, mail("spam", senders=(ANNA,))) == []


def test_a_letter_that_comes_back_opens_the_case_again() -> None:
    bounce = mail(
        kind=MailKind.BOUNCE,
        references=(SENT.message_id,),
        arrived_at=after(hours=3),
    )

    assert kinds(missed(), SENT, bounce) == [StepKind.CONTACTED, StepKind.REOPENED]
    assert kinds(CONTACTED, mail(kind=MailKind.BOUNCE, references=("x@y",))) == []


def test_after_it_came_back_only_a_new_letter_counts() -> None:
    back = step(
        StepKind.REOPENED,
        by="mailbox",
        words=SAID[StepKind.REOPENED],
        done_at=after(hours=3),
    )
    again = mail("sent", recipients=(ANNA,), arrived_at=after(hours=4))

    assert kinds(missed(1, back), SENT) == []
    assert kinds(missed(1, back), SENT, again) == [StepKind.CONTACTED]


def test_what_a_person_has_reopened_is_not_closed_by_an_old_letter() -> None:
    reopened = step(StepKind.REOPENED, done_at=after(hours=5))

    assert kinds(missed(1, reopened), SENT) == []


def test_an_answered_case_moves_no_more_by_itself() -> None:
    answered = missed(state=CaseState.ANSWERED)
    bounce = mail(kind=MailKind.BOUNCE, references=(OURS,))

    assert kinds(answered, SENT, mail(senders=(ANNA,)), bounce) == []


MAILS = st.lists(
    st.builds(
        mail,
        st.sampled_from(["inbox", "sent", "drafts", "spam", "trash", "other"]),
        kind=st.sampled_from(MailKind),
        senders=st.sampled_from([(), (ANNA,), (OTHER,)]),
        recipients=st.sampled_from([(), (ANNA,), (OTHER,)]),
        message_id=st.sampled_from(["", "a@b", OURS]),
        references=st.sampled_from([(), ("a@b",), (OURS,)]),
        arrived_at=st.integers(-3, 9).map(lambda hours: after(hours=hours)),
    ),
    max_size=6,
)


@given(MAILS, st.sampled_from([CaseState.OPEN, CaseState.CONTACTED]))
def test_no_mails_take_a_step_that_the_state_does_not_allow(
    mails: list[Mail], state: CaseState
) -> None:
    allowed = {
        CaseState.OPEN: {StepKind.CONTACTED: CaseState.CONTACTED},
        CaseState.CONTACTED: {
            StepKind.ANSWERED: CaseState.ANSWERED,
            StepKind.REOPENED: CaseState.OPEN,
        },
        CaseState.ANSWERED: {},
    }

    for one in contacts(missed(state=state), mails, LETTERS):
        state = allowed[state][one.kind]
