"""A statement that comes as a form: what the official client sends where parameters are too long for the address.

Basis: ClickHouse documentation, "HTTP Interface": `query` and `param_…` as fields of multipart/form-data.
"""

from email.parser import BytesParser
from email.policy import HTTP


class NotAForm(ValueError):
    """A body that is no form of plain fields."""


def fields_of(content_type: str, body: bytes) -> dict[str, str]:
    """The fields of a form by name. NotAForm where it holds a file (external data) or cannot be read."""
    message = BytesParser(policy=HTTP).parsebytes(b"Content-Type: " + content_type.encode() + b"\r\n\r\n" + body)
    if not message.is_multipart() or message.defects:
        raise NotAForm("the body is no multipart form")
    found = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        if not isinstance(name, str) or part.get_filename() is not None:
            raise NotAForm("files in a form (external data) are not supported here")
        try:
            found[name] = bytes(part.get_payload(decode=True)).decode()
        except UnicodeDecodeError:
            raise NotAForm(f"the field {name} is not UTF-8") from None
    return found
