"""What the default template of python-docx leaves in a file that an official document must not have.

Its second style sheet (0.4 MB, faces of its own), the thumbnail of an empty page, a bibliography, lists nobody uses; a
theme with Japanese and Latin faces; settings in Japanese; properties that name a program and a day of 2013.
"""

import re
from datetime import date, datetime

_UNWANTED = ("/stylesWithEffects", "/thumbnail", "/customXml", "/numbering", "/webSettings")


def clear(document, face: str) -> None:
    """Drop the leftovers; whatever still asks the theme for a face gets `face`."""
    for holder in (document.part, document.part.package):
        for key, relation in list(holder.rels.items()):
            if relation.reltype.endswith(_UNWANTED):
                del holder.rels[key]
    theme = part(document, "/theme1.xml")
    text = re.sub(r'<a:font script="[^"]*" typeface="[^"]*"/>', "", theme.blob.decode("utf-8"))
    text = re.sub(r'<a:(ea|latin|cs) typeface="[^"]*"', rf'<a:\1 typeface="{face}"', text)
    theme._blob = text.encode("utf-8")
    settings = document.settings.element
    for element in list(settings):
        if element.tag.endswith(
            ("}themeFontLang", "}rsids", "}savePreviewPicture", "}shapeDefaults", "}docId", "}mathPr")
        ):
            settings.remove(element)
    app = part(document, "/app.xml")
    app._blob = re.sub(rb"<(Application|Template)>[^<]*</\1>", b"", app.blob)


def describe(document, title: str, issuer: str, dated: date) -> None:
    """The file's properties: title, issuer and day of the document, so that the same document makes the same file."""
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, issuer, issuer
    properties.comments, properties.language = "", "zh-CN"
    properties.created = properties.modified = datetime(dated.year, dated.month, dated.day)  # noqa: DTZ001 - UTC by the format


def part(document, ending: str):
    """The part of a package whose name ends so."""
    return next(each for each in document.part.package.iter_parts() if str(each.partname).endswith(ending))
