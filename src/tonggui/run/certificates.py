"""HTTPS without anybody's help: a site's own authority, and the certificate of its pages signed by it.

Phones trust the authority once. What they trust is bounded: the authority can sign only for private addresses and for
the names and addresses that the site had when it was made (RFC 5280 §4.2.1.10), so a stolen key opens no other site.
Keys are P-256, readable by the owner alone, and lie in `secrets/tls` of the site.
"""

import ipaddress
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from tonggui.base.site import Site, write_whole

AUTHORITY_DAYS = 3650
#: Browsers refuse certificates of more than 398 days.
PAGES_DAYS = 397
RENEWED_BEFORE = timedelta(days=30)
PRIVATE = ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "127.0.0.0/8", "::1/128", "fc00::/7")

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Names = list[str | Address]


@dataclass(frozen=True, slots=True)
class Pair:
    """Files for TLS: the certificate, with what it was signed by, and its key."""

    certificate: Path
    key: Path


def own_pair(site: Site, hosts: list[str], now: datetime | None = None) -> Pair:
    """The pages' certificate for these hosts, made or made again where names changed or its end is near."""
    now = now or datetime.now(UTC)
    folder = site.folder("secrets", "tls")
    folder.chmod(0o700)
    names = _names(hosts)
    pair = Pair(folder / "pages.pem", folder / "pages.key")
    authority, key, is_new = _authority(site, names, now)
    if is_new or not _serves(pair, names, now):
        _sign(pair, names, authority, key, now)
    return pair


def _names(hosts: list[str]) -> Names:
    """Names and addresses as certificates hold them; a name that is none in the sense of DNS is left out."""
    found: Names = []
    for host in hosts:
        bare = host.strip().strip("[]").lower()
        try:
            found.append(ipaddress.ip_address(bare))
        except ValueError:
            if bare and bare.isascii() and "*" not in bare:
                found.append(bare.lstrip("."))
    return list(dict.fromkeys(found))


def _authority(site: Site, names: Names, now: datetime) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey, bool]:
    """The site's authority, made where there is none or where it may not sign for one of the names."""
    path, key_path = site.authority, site.authority.with_suffix(".key")
    if path.is_file() and key_path.is_file():
        held = x509.load_pem_x509_certificate(path.read_bytes())
        key = serialization.load_pem_private_key(key_path.read_bytes(), password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        lasts = held.not_valid_after_utc - now > RENEWED_BEFORE and key.public_key() == held.public_key()
        if lasts and all(_may_sign(held, name) for name in names):
            return held, key, False
    key = ec.generate_private_key(ec.SECP256R1())
    title = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"同轨本站证书 {now:%Y-%m-%d}")])
    networks = [ipaddress.ip_network(one) for one in PRIVATE]
    own = [one for one in names if not isinstance(one, str) and not any(one in network for network in networks)]
    allowed: list[x509.GeneralName] = [x509.IPAddress(one) for one in networks]
    allowed += [x509.IPAddress(ipaddress.ip_network(one)) for one in own]
    allowed += [x509.DNSName(one) for one in names if isinstance(one, str)]
    built = _builder(title, title, key.public_key(), now, AUTHORITY_DAYS)
    built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    built = built.add_extension(x509.NameConstraints(allowed, None), critical=True)
    built = built.add_extension(_usage(signs_certificates=True), critical=True)
    built = built.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    made = built.sign(key, hashes.SHA256())
    _keep_key(key_path, key)
    write_whole(path, made.public_bytes(serialization.Encoding.PEM))
    return made, key, True


def _may_sign(authority: x509.Certificate, name: str | Address) -> bool:
    allowed = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    for one in allowed:
        if isinstance(one, x509.DNSName) and isinstance(name, str):
            if name == one.value or name.endswith(f".{one.value}"):
                return True
        elif isinstance(one, x509.IPAddress) and not isinstance(name, str):
            network = one.value
            assert isinstance(network, ipaddress.IPv4Network | ipaddress.IPv6Network)
            if name.version == network.version and name in network:
                return True
    return False


def _serves(pair: Pair, names: Names, now: datetime) -> bool:
    """Whether the certificate that is there names exactly these hosts and lasts a while yet."""
    if not pair.certificate.is_file() or not pair.key.is_file():
        return False
    held = x509.load_pem_x509_certificate(pair.certificate.read_bytes())
    said = held.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    known = {*said.get_values_for_type(x509.DNSName), *said.get_values_for_type(x509.IPAddress)}
    # A crash between the two files leaves a key that is not the certificate's.
    key = serialization.load_pem_private_key(pair.key.read_bytes(), password=None)
    fits = key.public_key() == held.public_key()
    return fits and known == set(names) and held.not_valid_after_utc - now > RENEWED_BEFORE


def _sign(
    pair: Pair, names: Names, authority: x509.Certificate, signer: ec.EllipticCurvePrivateKey, now: datetime
) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    title = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(names[0])[:64])])
    hosts = [x509.DNSName(one) if isinstance(one, str) else x509.IPAddress(one) for one in names]
    built = _builder(title, authority.subject, key.public_key(), now, PAGES_DAYS)
    built = built.add_extension(x509.SubjectAlternativeName(hosts), critical=False)
    built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    built = built.add_extension(_usage(signs_certificates=False), critical=True)
    built = built.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    made = built.add_extension(issuer, critical=False).sign(signer, hashes.SHA256())
    _keep_key(pair.key, key)
    chain = [one.public_bytes(serialization.Encoding.PEM) for one in (made, authority)]
    write_whole(pair.certificate, b"".join(chain))


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    """A certificate that began a day ago: a phone's clock may be late."""
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    built = built.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    return built.not_valid_after(now + timedelta(days=days))


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _keep_key(path: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """Write a key so that nobody else can read it at any moment."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
            )
        )
        file.flush()
        os.fsync(file.fileno())
    os.replace(part, path)
