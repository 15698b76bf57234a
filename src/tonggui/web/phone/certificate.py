"""The site's own certificate for phones: why it is needed, how it is put on a phone, and the file itself.

Open to everybody, since a phone must trust the site before anybody logs in with it.
"""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from tonggui.base.site import Site


@login_not_required
@require_GET
def page(request: HttpRequest) -> HttpResponse:
    address = settings.SITE.address("web") or {}
    context = {"host": request.get_host().rpartition(":")[0] or request.get_host(), "port": address.get("https_port")}
    return render(request, "phone/certificate.html", context | {"authority": authority(settings.SITE)})


@login_not_required
@require_GET
def download(request: HttpRequest) -> HttpResponse:
    path = settings.SITE.authority
    if not path.is_file():
        raise Http404("本站没有使用自己的证书，不需要安装。")
    answer = HttpResponse(path.read_bytes(), content_type="application/x-x509-ca-cert")
    answer["Content-Disposition"] = 'attachment; filename="tonggui-ca.crt"'
    return answer


def authority(site: Site) -> dict[str, object] | None:
    """Whose certificate phones are asked to trust, until when, and its fingerprint; None where the site has none."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes

    if not site.authority.is_file():
        return None
    found = x509.load_pem_x509_certificate(site.authority.read_bytes())
    print_ = found.fingerprint(hashes.SHA256()).hex().upper()
    name = found.subject.get_attributes_for_oid(x509.NameOID.COMMON_NAME)[0].value
    pairs = ":".join(print_[at : at + 2] for at in range(0, len(print_), 2))
    return {"name": name, "until": found.not_valid_after_utc, "fingerprint": pairs}
