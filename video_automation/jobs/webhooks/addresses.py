"""The addresses webhooks may be sent to: public ones, and networks an operator has named."""

import ipaddress
import socket
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

from video_automation.errors import RequestError

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
IPNetwork = ipaddress.IPv4Network | ipaddress.IPv6Network

LONGEST_URL = 2000
_UNICAST = ipaddress.ip_network("2000::/3")
"""All addresses of the public internet by IPv6 are of this network."""
_SPECIAL = tuple(map(ipaddress.ip_network, ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")))
"""Networks for protocols, for documentation, and of addresses that carry another one; Python counts some of them as public."""
_PORTS = {"http": 80, "https": 443}


def check_webhook_url(url: str, private_networks: Iterable[IPNetwork]) -> None:
    """Refuses a URL to which no webhook is sent. A host's name is looked up only when something is sent there.

    Raises:
        RequestError: it is no http or https URL, holds a user name or a password, or names an address that is not public.
    """
    parts = _parts(url)
    if parts is None:
        raise RequestError("A webhook's URL begins with https:// or http:// and names a host.", code="wrong_webhook")
    if parts.username is not None or parts.password is not None:
        raise RequestError("A webhook's URL must hold no user name and no password.", code="wrong_webhook")
    host = (parts.hostname or "").rstrip(".")
    address = _written_address(host)
    local = host == "localhost" or host.endswith(".localhost")
    if (address and not is_reachable(address, private_networks)) or (local and not _loopback_allowed(private_networks)):
        raise RequestError("A webhook's URL must lead to a public address.", code="private_webhook")


def host_and_port(url: str) -> tuple[str, int]:
    """The target of a webhook's URL."""
    parts = urlsplit(url)
    return parts.hostname or "", parts.port or _PORTS[parts.scheme]


def is_reachable(address: IPAddress, private_networks: Iterable[IPNetwork]) -> bool:
    """Whether a webhook may be sent to this address: it is public, or in a network an operator has named."""
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return _is_public(address) or any(address in network for network in private_networks)


def reachable_addresses(host: str, port: int, private_networks: tuple[IPNetwork, ...]) -> tuple[str, ...]:
    """The allowed addresses of a host, in the order to try them.

    Raises:
        OSError: the host's name is not known.
    """
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    written = dict.fromkeys(str(place[0]) for *_, place in found)
    return tuple(text for text in written if is_reachable(ipaddress.ip_address(text), private_networks))


def _parts(url: str) -> SplitResult | None:
    """The parts of a webhook's URL."""
    if len(url) > LONGEST_URL or not url.isascii() or not url.isprintable() or " " in url:
        return None
    try:
        parts = urlsplit(url)
        usable = parts.scheme in _PORTS and parts.hostname and (parts.port is None or parts.port > 0)
    except ValueError:
        return None
    return parts if usable else None


def _written_address(host: str) -> IPAddress | None:
    """The address that a host's name is itself, however that is written: 127.1 and 2130706433 are 127.0.0.1."""
    try:
        found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)
    except (OSError, UnicodeError):
        return None
    return ipaddress.ip_address(str(found[0][4][0]))


def _is_public(address: IPAddress) -> bool:
    """Whether the address is one of the public internet, and does not carry another address that is not."""
    if isinstance(address, ipaddress.IPv6Address) and address not in _UNICAST:
        return False
    special = any(address in network for network in _SPECIAL) or address.is_multicast or address.is_reserved
    return address.is_global and not special


def _loopback_allowed(private_networks: Iterable[IPNetwork]) -> bool:
    return any(network.is_loopback for network in private_networks)
