"""Who asks, and by which scheme, where proxies stand in front: believed of those the settings name, and of nobody else."""

from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

IpAddress = IPv4Address | IPv6Address
Networks = tuple[IPv4Network | IPv6Network, ...]


def behind(app: "WSGIApplication", trusted: Networks) -> "WSGIApplication":
    """The same app, told the address and the scheme that these proxies forward rather than their own."""

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
    """Whoever the last trusted proxy was asked by, going back from our own peer through what each has added at the right.

    Further to the left stands what strangers may have written. Where a proxy names no address, it is taken for the client.
    """
    nearest = peer
    for text in reversed(forwarded.split(",")):
        before = ip_address_in(text)
        if before is None or not _among(nearest, trusted):
            break
        nearest = before
    return nearest


def ip_address_in(text: str) -> IpAddress | None:
    """The address in a text, which may have a port: `192.0.2.7:80`, `[2001:db8::7]:80`; None where it is none.

    An IPv4 address inside an IPv6 one (`::ffff:192.0.2.7`) is itself; a zone (`fe80::1%text`) could say anything.
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
