"""The client's address and scheme behind proxies: taken from the headers of proxies that the settings name, no others."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

IpAddress = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]


def behind(app: "WSGIApplication", trusted: Networks) -> "WSGIApplication":
    """Wraps an app so that it sees the client address and the scheme that these trusted proxies forward."""

    def told(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        peer = ip_address_in(environ.get("REMOTE_ADDR", ""))
        if peer and _among(peer, trusted):
            environ["REMOTE_ADDR"] = str(client(peer, environ.get("HTTP_X_FORWARDED_FOR", ""), trusted))
            scheme = environ.get("HTTP_X_FORWARDED_PROTO", "").rpartition(",")[2].strip().lower()
            if scheme in ("http", "https"):
                environ["wsgi.url_scheme"] = scheme
        return app(environ, start)

    return told


def client(peer: IpAddress, forwarded: str, trusted: Networks) -> IpAddress:
    """The client: the first address that is not a trusted proxy, read from `peer` back through `X-Forwarded-For`.

    Each proxy adds the address it was called from at the right, so entries further left can be forged. If an entry is not an
    address, the proxy that added it counts as the client.
    """
    nearest = peer
    for text in reversed(forwarded.split(",")):
        before = ip_address_in(text)
        if before is None or not _among(nearest, trusted):
            break
        nearest = before
    return nearest


def ip_address_in(text: str) -> IpAddress | None:
    """The IP address in a text, which may have a port: `192.0.2.7:80`, `[2001:db8::7]:80`; None if it is no address.

    An IPv4 address written as IPv6 (`::ffff:192.0.2.7`) becomes IPv4. An address with a zone (`fe80::1%text`) is None, since
    the zone is free text.
    """
    host = text.strip()
    if host.startswith("["):
        host = host[1:].partition("]")[0]
    elif host.count(":") == 1:
        host = host.partition(":")[0]
    try:
        found = ip_address(host)
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        return None if found.scope_id else found.ipv4_mapped or found
    return found


def _among(one: IpAddress, networks: Networks) -> bool:
    return any(one in network for network in networks)
