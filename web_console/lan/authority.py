"""The certificate authority of one machine, and the certificate its server shows.

The authority's key lies beside the master key, outside of the data folder and so of every backup. By its name constraints (RFC 5280
4.2.1.10) it can vouch for private addresses and `.local` names only: a phone that trusts it trusts it for nothing else.
"""

import ipaddress
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from command.core.files import write_whole
from web_console.lan import words
from web_console.lan.addresses import PRIVATE

AUTHORITY_FOR = timedelta(days=3650)
SHOWN_FOR = timedelta(days=397)  # what browsers take at most of anyone
RENEW_BEFORE = timedelta(days=30)
SLACK = timedelta(days=1)
"""A phone's clock may be behind by this much."""
LOCAL_NAMES = ("local", "localhost")


class LanAuthority:
    """Of one data folder. Made at first use; a key without its certificate, or the other way round, is made anew together."""

    def __init__(self, home: Path, *, now_ms: int) -> None:
        beside = home.resolve()
        self._key_file = beside.parent / f"{beside.name}.lan-ca-key.pem"
        self._certificate_file = beside.parent / f"{beside.name}.lan-ca.pem"
        self.shown_file = beside.parent / f"{beside.name}.lan-shown.pem"
        if not (self._key_file.exists() and self._certificate_file.exists()):
            self._make(_moment(now_ms))
        key = load_pem_private_key(self._key_file.read_bytes(), None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise TypeError(self._key_file)
        self._key = key
        self.certificate = x509.load_pem_x509_certificate(self._certificate_file.read_bytes())

    @property
    def fingerprint(self) -> str:
        """SHA-256, as a phone shows it: pairs of digits."""
        return self.certificate.fingerprint(SHA256()).hex(":").upper()

    def renew(self, addresses: Sequence[str], names: Sequence[str], *, now_ms: int) -> bool:
        """See that `shown_file` (certificate and key) is good for these, for a month at least. True when it was made anew."""
        now = _moment(now_ms)
        if self.shown_file.exists() and _is_good(self.shown_file.read_bytes(), addresses, names, now, self.certificate):
            return False
        key = ec.generate_private_key(ec.SECP256R1())
        alternatives = [x509.IPAddress(ipaddress.IPv4Address(each)) for each in addresses]
        made = (
            _builder(_name(names[0]), self.certificate.subject, key, now, now + SHOWN_FOR - SLACK)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.SubjectAlternativeName([*alternatives, *map(x509.DNSName, names)]), critical=False)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key()), critical=False)
            .sign(self._key, SHA256())
        )
        write_whole(self.shown_file, made.public_bytes(Encoding.PEM) + _pem(key), mode=0o600)
        return True

    def _make(self, now: datetime) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        name = _name(words.AUTHORITY)
        permitted = [*map(x509.IPAddress, PRIVATE), *map(x509.DNSName, LOCAL_NAMES)]
        made = (
            _builder(name, name, key, now, now + AUTHORITY_FOR)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.NameConstraints(permitted_subtrees=permitted, excluded_subtrees=None), critical=True)
            .add_extension(_signs_only(), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, SHA256())
        )
        write_whole(self._key_file, _pem(key), mode=0o600)
        write_whole(self._certificate_file, made.public_bytes(Encoding.PEM), mode=0o644)


def _is_good(pem: bytes, addresses: Sequence[str], names: Sequence[str], now: datetime, authority: x509.Certificate) -> bool:
    shown = x509.load_pem_x509_certificate(pem)
    stands_for = shown.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    same = {str(each) for each in stands_for.get_values_for_type(x509.IPAddress)} == set(addresses)
    same = same and set(stands_for.get_values_for_type(x509.DNSName)) == set(names)
    ours = shown.issuer == authority.subject and _is_signed_by(shown, authority)
    return same and ours and shown.not_valid_before_utc <= now < shown.not_valid_after_utc - RENEW_BEFORE


def _is_signed_by(shown: x509.Certificate, authority: x509.Certificate) -> bool:
    wanted = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority.public_key())  # type: ignore[arg-type]
    return shown.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value == wanted


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, until: datetime
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - SLACK)
        .not_valid_after(until)
    )


def _signs_only() -> x509.KeyUsage:
    return x509.KeyUsage(
        key_cert_sign=True, crl_sign=True, digital_signature=False, content_commitment=False, key_encipherment=False,
        data_encipherment=False, key_agreement=False, encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _name(text: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, text)])


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _moment(at_ms: int) -> datetime:
    return datetime.fromtimestamp(at_ms / 1000, UTC)
