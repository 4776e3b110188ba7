"""Why a host could not be reached, and whether anybody spoke to us."""

import errno
import socket
import ssl

import pytest

from probes.forms.trouble import unreachable


def certificate_error() -> ssl.SSLCertVerificationError:
    error = ssl.SSLCertVerificationError(1, "certificate verify failed")
    error.verify_message = "certificate has expired"
    return error


@pytest.mark.parametrize(
    ("error", "words", "answered"),
    [
        (socket.gaierror(socket.EAI_NONAME, "x"), "no such name", True),
        (socket.gaierror(socket.EAI_AGAIN, "x"), "DNS gave no answer", False),
        (certificate_error(), "certificate has expired", True),
        (ssl.SSLError(1, "x"), "no TLS", True),
        (ConnectionRefusedError(), "refused the connection", True),
        (ConnectionResetError(), "broke off", True),
        (TimeoutError(), "did not answer in time", False),
        (OSError(errno.EHOSTUNREACH, "x"), "no way through the network", False),
        (ValueError("odd"), "no usable answer: odd", False),
        (ValueError("odd."), "gave no usable answer: odd.", False),
    ],
)
def test_each_trouble_has_its_sentence(
    error: Exception, words: str, *, answered: bool
) -> None:
    trouble = unreachable(error, "shop.example", connected=False)

    assert words in trouble.message
    assert not trouble.message.endswith("..")
    assert "shop.example" in trouble.message
    assert trouble.answered is answered


def test_a_host_that_took_our_connection_has_spoken() -> None:
    assert unreachable(TimeoutError(), "shop.example", connected=True).answered


def test_the_cause_beneath_is_told() -> None:
    outer = RuntimeError("all attempts failed")
    outer.__cause__ = ConnectionRefusedError()

    assert "refused" in unreachable(outer, "shop.example", connected=False).message


def test_of_several_addresses_the_one_that_spoke_counts() -> None:
    both = ExceptionGroup(
        "two addresses", [OSError(errno.ENETUNREACH, "v6"), ConnectionRefusedError()]
    )

    trouble = unreachable(both, "shop.example", connected=False)

    assert "refused" in trouble.message
    assert trouble.answered
