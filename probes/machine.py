"""What this machine knows of itself."""

import socket
from ipaddress import ip_address


def is_here(address: str) -> bool:
    """Return whether an IP address is one of this machine's own.

    Found out by asking for it: nobody else's can be bound to.
    """
    version = ip_address(address).version
    family = socket.AF_INET if version == 4 else socket.AF_INET6  # noqa: PLR2004
    with socket.socket(family, socket.SOCK_DGRAM) as trial:
        try:
            trial.bind((address, 0))
        except OSError:
            return False
    return True
