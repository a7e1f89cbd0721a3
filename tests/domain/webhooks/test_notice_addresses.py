"""Which addresses a notice may go to: the text of an address, and the numbers its name leads to."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lastro.webhooks.callbacks.addresses import AddressRefused, AddressRule, is_public
from lastro.webhooks.errors import AddressFault

ANYWHERE, AT_HOME = AddressRule(), AddressRule(loopback=True)


def fault_of(url: str, rule: AddressRule = ANYWHERE) -> AddressFault | None:
    try:
        rule.parse(url)
    except AddressRefused as refusal:
        return refusal.fault
    return None


@pytest.mark.parametrize(
    ("url", "shown", "port", "target"),
    [
        ("https://meusite.com.br", "https://meusite.com.br/", 443, "/"),
        ("https://meusite.com.br/a/b?token=1", "https://meusite.com.br/a/b", 443, "/a/b?token=1"),
        ("HTTPS://MeuSite.com.br:8443/x", "https://meusite.com.br:8443/x", 8443, "/x"),
        ("https://meusite.com.br./x", "https://meusite.com.br/x", 443, "/x"),
        ("https://xn--80ak6aa92e.com/x", "https://xn--80ak6aa92e.com/x", 443, "/x"),
        ("https://8.8.8.8/x", "https://8.8.8.8/x", 443, "/x"),
        ("https://[2606:4700::1111]:444/x", "https://[2606:4700::1111]:444/x", 444, "/x"),
        ("https://1.example.com/", "https://1.example.com/", 443, "/"),
    ],
)
def test_public_https_addresses_are_taken_apart(url: str, shown: str, port: int, target: str) -> None:
    address = ANYWHERE.parse(url)
    assert (address.shown, address.port, address.target) == (shown, port, target)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        # no HTTPS
        ("http://meusite.com.br/x", AddressFault.NOT_HTTPS),
        ("ftp://meusite.com.br/x", AddressFault.NOT_HTTPS),
        ("file://meusite.com.br/etc/passwd", AddressFault.NOT_HTTPS),
        ("gopher://meusite.com.br/x", AddressFault.NOT_HTTPS),
        ("http://127.0.0.1/x", AddressFault.NOT_HTTPS),
        # user info
        ("https://user@meusite.com.br/x", AddressFault.USER_INFO),
        ("https://user:pass@meusite.com.br/x", AddressFault.USER_INFO),
        ("https://meusite.com.br@127.0.0.1/x", AddressFault.USER_INFO),
        ("https://@meusite.com.br/x", AddressFault.USER_INFO),
        # IPv4 that is not public
        ("https://0.0.0.0/", AddressFault.NOT_PUBLIC),
        ("https://10.1.2.3/", AddressFault.NOT_PUBLIC),
        ("https://100.64.0.1/", AddressFault.NOT_PUBLIC),
        ("https://127.0.0.1/", AddressFault.NOT_PUBLIC),
        ("https://127.255.255.254/", AddressFault.NOT_PUBLIC),
        ("https://169.254.169.254/latest/meta-data", AddressFault.NOT_PUBLIC),
        ("https://169.254.170.2/", AddressFault.NOT_PUBLIC),
        ("https://172.16.0.1/", AddressFault.NOT_PUBLIC),
        ("https://172.31.255.255/", AddressFault.NOT_PUBLIC),
        ("https://192.0.0.170/", AddressFault.NOT_PUBLIC),
        ("https://192.0.2.1/", AddressFault.NOT_PUBLIC),
        ("https://192.88.99.1/", AddressFault.NOT_PUBLIC),
        ("https://192.168.0.1/", AddressFault.NOT_PUBLIC),
        ("https://198.18.0.1/", AddressFault.NOT_PUBLIC),
        ("https://198.51.100.1/", AddressFault.NOT_PUBLIC),
        ("https://203.0.113.1/", AddressFault.NOT_PUBLIC),
        ("https://224.0.0.1/", AddressFault.NOT_PUBLIC),
        ("https://240.0.0.1/", AddressFault.NOT_PUBLIC),
        ("https://255.255.255.255/", AddressFault.NOT_PUBLIC),
        # IPv6 that is not public, and IPv4 in its disguise
        ("https://[::]/", AddressFault.NOT_PUBLIC),
        ("https://[::1]/", AddressFault.NOT_PUBLIC),
        ("https://[0:0:0:0:0:0:0:1]/", AddressFault.NOT_PUBLIC),
        ("https://[::ffff:127.0.0.1]/", AddressFault.NOT_PUBLIC),
        ("https://[::ffff:7f00:1]/", AddressFault.NOT_PUBLIC),
        ("https://[::ffff:8.8.8.8]/", AddressFault.NOT_PUBLIC),
        ("https://[::127.0.0.1]/", AddressFault.NOT_PUBLIC),
        ("https://[64:ff9b::7f00:1]/", AddressFault.NOT_PUBLIC),
        ("https://[64:ff9b:1::1]/", AddressFault.NOT_PUBLIC),
        ("https://[100::1]/", AddressFault.NOT_PUBLIC),
        ("https://[2001::1]/", AddressFault.NOT_PUBLIC),
        ("https://[2001:db8::1]/", AddressFault.NOT_PUBLIC),
        ("https://[2002:7f00:1::]/", AddressFault.NOT_PUBLIC),
        ("https://[3fff::1]/", AddressFault.NOT_PUBLIC),
        ("https://[fc00::1]/", AddressFault.NOT_PUBLIC),
        ("https://[fd12:3456::1]/", AddressFault.NOT_PUBLIC),
        ("https://[fe80::1]/", AddressFault.NOT_PUBLIC),
        ("https://[fec0::1]/", AddressFault.NOT_PUBLIC),
        ("https://[ff02::1]/", AddressFault.NOT_PUBLIC),
        # numbers that other readers take for IPv4
        ("https://2130706433/", AddressFault.MALFORMED),
        ("https://0x7f000001/", AddressFault.MALFORMED),
        ("https://0x7f.0.0.1/", AddressFault.MALFORMED),
        ("https://0177.0.0.1/", AddressFault.MALFORMED),
        ("https://017700000001/", AddressFault.MALFORMED),
        ("https://127.1/", AddressFault.MALFORMED),
        ("https://127.0.1/", AddressFault.MALFORMED),
        ("https://127.0.0.1.1/", AddressFault.MALFORMED),
        ("https://1.2.3.0x4/", AddressFault.MALFORMED),
        ("https://example.123/", AddressFault.MALFORMED),
        ("https://①②⑦.0.0.1/", AddressFault.MALFORMED),
        # names of a network, not of the Internet
        ("https://localhost/", AddressFault.NOT_PUBLIC),
        ("https://localhost./", AddressFault.NOT_PUBLIC),
        ("https://intranet/", AddressFault.NOT_PUBLIC),
        # not an address
        ("", AddressFault.MALFORMED),
        ("https://", AddressFault.MALFORMED),
        ("https:///x", AddressFault.MALFORMED),
        ("//meusite.com.br/x", AddressFault.NOT_HTTPS),
        ("meusite.com.br/x", AddressFault.MALFORMED),
        ("https://meusite.com.br:0/", AddressFault.MALFORMED),
        ("https://meusite.com.br:65536/", AddressFault.MALFORMED),
        ("https://meusite.com.br:abc/", AddressFault.MALFORMED),
        ("https://meusite.com.br/#x", AddressFault.MALFORMED),
        ("https://meusite.com.br/a b", AddressFault.MALFORMED),
        ("https://meusite.com.br/\r\nHost: x", AddressFault.MALFORMED),
        ("https://meusite.com.br\\@127.0.0.1/", AddressFault.MALFORMED),
        ("https://127.0.0.1\\@meusite.com.br/", AddressFault.MALFORMED),
        ("https://meusite%2ecom.br/", AddressFault.MALFORMED),
        ("https://mеusite.com.br/", AddressFault.MALFORMED),
        ("https://-x.com.br/", AddressFault.MALFORMED),
        ("https://a..b/", AddressFault.MALFORMED),
        ("https://[2606:4700::1%25eth0]/", AddressFault.MALFORMED),
        ("https://[meusite.com.br]/", AddressFault.MALFORMED),
        ("https://[::1/", AddressFault.MALFORMED),
        ("https://meusite.com.br/" + "a" * 2048, AddressFault.MALFORMED),
    ],
)
def test_every_other_address_is_refused(url: str, fault: AddressFault) -> None:
    assert fault_of(url) is fault


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:3001/x", "http://localhost:3001/x", "http://[::1]:3001/", "https://127.0.0.1/"]
)
def test_loopback_may_be_called_on_a_developers_machine_only(url: str) -> None:
    assert fault_of(url, AT_HOME) is None
    assert fault_of(url) in (AddressFault.NOT_HTTPS, AddressFault.NOT_PUBLIC)


@pytest.mark.parametrize(
    ("url", "fault"),
    [
        ("http://meusite.com.br/", AddressFault.NOT_HTTPS),
        ("http://10.0.0.1/", AddressFault.NOT_HTTPS),
        ("https://10.0.0.1/", AddressFault.NOT_PUBLIC),
        ("http://169.254.169.254/", AddressFault.NOT_HTTPS),
        ("http://0.0.0.0/", AddressFault.NOT_HTTPS),
        ("http://[::ffff:127.0.0.1]/", AddressFault.NOT_HTTPS),
        ("http://127.1/", AddressFault.MALFORMED),
        ("http://user@127.0.0.1/", AddressFault.USER_INFO),
        ("http://localhost.evil.com/", AddressFault.NOT_HTTPS),
    ],
)
def test_a_developers_machine_opens_nothing_but_loopback(url: str, fault: AddressFault) -> None:
    assert fault_of(url, AT_HOME) is fault


def test_a_refusal_names_its_fault_and_never_the_address() -> None:
    with pytest.raises(AddressRefused) as refusal:
        ANYWHERE.parse("https://10.0.0.1/gancho?token=segredo")
    assert refusal.value.code == "address_not_public"
    assert "10.0.0.1" not in refusal.value.detail
    assert "segredo" not in str(refusal.value)


@pytest.mark.parametrize(
    ("numbers", "fault"),
    [
        (["8.8.8.8"], None),
        (["8.8.8.8", "2606:4700::1111"], None),
        ([], AddressFault.UNRESOLVED),
        (["127.0.0.1"], AddressFault.NOT_PUBLIC),
        (["8.8.8.8", "10.0.0.1"], AddressFault.NOT_PUBLIC),
        (["8.8.8.8", "::1"], AddressFault.NOT_PUBLIC),
        (["fe80::1%eth0"], AddressFault.NOT_PUBLIC),
    ],
)
def test_a_name_is_refused_when_any_of_its_addresses_is(numbers: list[str], fault: AddressFault | None) -> None:
    addresses = [ip_address(number) for number in numbers]
    if fault is None:
        ANYWHERE.admit(addresses)
        return
    with pytest.raises(AddressRefused) as refusal:
        ANYWHERE.admit(addresses)
    assert refusal.value.fault is fault


@given(st.ip_addresses(v=4))
def test_nothing_the_interpreter_calls_private_is_public_in_ipv4(address: IPv4Address) -> None:
    if address.is_private or address.is_multicast or address.is_reserved or address.is_loopback:
        assert not is_public(address)


@given(st.ip_addresses(v=6))
def test_nothing_the_interpreter_calls_private_is_public_in_ipv6(address: IPv6Address) -> None:
    if address.is_private or address.is_multicast or address.is_loopback or address.ipv4_mapped or address.sixtofour:
        assert not is_public(address)


@given(st.text(max_size=60) | st.from_regex(r"https?://[0-9a-fx.:\[\]@%/-]{1,40}", fullmatch=True))
def test_no_text_gets_a_private_number_through(text: str) -> None:
    try:
        address = ANYWHERE.parse(text)
    except AddressRefused:
        return
    assert address.scheme == "https"
    assert address.ip is None or is_public(address.ip)
