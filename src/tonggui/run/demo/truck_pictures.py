"""Pictures of a truck at a weighing point, drawn: front, side, rear and plate, each marked 示例.

Flat shapes on a striped ground, which no camera takes, so nobody mistakes them for evidence. Few are distinct: trucks
of one count of axles share their side, all share front and rear, and a plate is one picture.
"""

import struct
import zlib
from functools import cache

# 16 rows of bits for each sign, three digits a row, four for those of a whole square.
SIGNS = {
    "0": "0000700fc0cc1cc18e1be1be18e1cc1cc0fc078000000000",
    "1": "0000f00f00b00300300300300300300301fe1fe000000000",
    "2": "0000f01fc00c00c00c01c0380700e01c01fc1fc000000000",
    "3": "0000f81fc01c00c01c07807c00c00e10c1fc1f8000000000",
    "4": "00001c03c03c07c0dc0dc19c1fe1fe01c01c01c000000000",
    "5": "0001fc1fc1801801f81fc01c00c00c00c1fc1f8000000000",
    "6": "00003c0fc0c01c01f81fc1ce1ce1ce1ce0fc078000000000",
    "7": "0001fc1fc00c01c0180180380300700600600e0000000000",
    "8": "0000780fc1cc18c0cc0780f818c18e18e0fc078000000000",
    "9": "0000780fc18c18c18e1ce1fe0fc00c01c0f80f0000000000",
    "示": "00003ff80000000000007ffc010001001130111031082108410c010007000000",
    "例": "10041fc432242224222467a464a42ca428a42b24212421042204260424180000",
    "A": "0000700780780f80d80cc0cc1fc1fc18e186386000000000",
    "D": "0001f01fc19c18e18e18e18e18e18e19c1fc1f0000000000",
}
SKY, ROAD, DARK, BODY, CAB, GLASS, LINE, PLATE, MARK, STRIPE = range(10)
COLOURS = (
    (214, 222, 230), (150, 154, 158), (44, 48, 54), (122, 132, 142), (52, 96, 150),
    (190, 214, 226), (236, 236, 232), (236, 190, 60), (160, 40, 36), (204, 213, 222),
)  # fmt: skip
WIDTH, HEIGHT, GROUND = 640, 400, 320
LONGEST_SIGN = 10


class Canvas:
    """Rows of pixels, each the place of its colour in COLOURS."""

    def __init__(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        self.width, self.height = width, height
        self.rows = [bytearray(STRIPE if (x + y) // 24 % 2 else SKY for x in range(width)) for y in range(height)]

    def box(self, x: int, y: int, width: int, height: int, colour: int) -> None:
        left, right = max(0, x), min(self.width, x + width)
        for row in self.rows[max(0, y) : max(0, y + height)]:
            row[left:right] = bytes([colour]) * (right - left)

    def wheel(self, x: int, y: int, radius: int = 26) -> None:
        """A tyre with its hub, standing around a point."""
        for size, colour in ((radius, DARK), (radius * 2 // 5, LINE)):
            for off in range(-size, size + 1):
                half = int((size * size - off * off) ** 0.5)
                self.box(x - half, y + off, 2 * half, 1, colour)

    def words(self, text: str, x: int, y: int, size: int, colour: int) -> None:
        """Signs in a line, each pixel of theirs a square of `size`."""
        for sign in text:
            digits = SIGNS[sign]
            wide = len(digits) // 16
            columns = 16 if wide == 4 else LONGEST_SIGN
            for row in range(16):
                bits = int(digits[row * wide : (row + 1) * wide], 16)
                for column in range(columns):
                    if bits >> (columns - 1 - column) & 1:
                        self.box(x + column * size, y + row * size, size, size, colour)
            x += (columns + 1) * size

    def png(self) -> bytes:
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 3, 0, 0, 0)
        pixels = zlib.compress(b"".join(b"\0" + row for row in self.rows), 9)
        palette = b"".join(map(bytes, COLOURS))
        parts = [(b"IHDR", header), (b"PLTE", palette), (b"IDAT", pixels), (b"IEND", b"")]
        return b"\x89PNG\r\n\x1a\n" + b"".join(
            struct.pack(">I", len(body)) + tag + body + struct.pack(">I", zlib.crc32(tag + body)) for tag, body in parts
        )


def _scene(title: str) -> Canvas:
    canvas = Canvas()
    canvas.box(0, GROUND, WIDTH, HEIGHT - GROUND, ROAD)
    canvas.box(0, GROUND + 44, WIDTH, 5, LINE)
    canvas.words(title, 12, 10, 3, MARK)
    return canvas


@cache
def side(groups: str) -> bytes:
    """A truck from its left, with the sizes of its axle groups front to back: "123"."""
    canvas = _scene("示例")
    axles = sum(map(int, groups))
    length = 200 + 58 * axles
    left = (WIDTH - length) // 2
    canvas.box(left + 112, 130, length - 112, 152, BODY)
    for at in range(left + 150, left + length - 10, 46):
        canvas.box(at, 130, 3, 152, DARK)
    canvas.box(left, 168, 98, 120, CAB)
    canvas.box(left + 12, 182, 52, 44, GLASS)
    canvas.box(left, 282, length, 14, DARK)
    ends, at = [], left + length - 40
    for size in map(int, reversed(groups[1:])):
        ends += [at - 58 * place for place in range(size)]
        at -= 58 * size + 26
    for x in (left + 42, *ends):
        canvas.wheel(x, GROUND - 14)
    return canvas.png()


@cache
def end(rear: bool) -> bytes:
    """A truck from before or behind; its plate is a blank, as it stands in a picture of its own."""
    canvas = _scene("示例")
    canvas.box(208, 70, 224, 226, BODY if rear else CAB)
    if rear:
        canvas.box(318, 82, 4, 176, DARK)
    else:
        canvas.box(226, 92, 188, 82, GLASS)
        canvas.box(236, 198, 168, 34, DARK)
    for x in (220, 380):
        canvas.box(x, 250, 40, 18, MARK if rear else LINE)
    canvas.box(278, 262, 84, 24, PLATE)
    canvas.box(216, 286, 50, 48, DARK)
    canvas.box(374, 286, 50, 48, DARK)
    return canvas.png()


@cache
def plate(number: str) -> bytes:
    """A plate with its number, or an unreadable one where there is none."""
    canvas = Canvas(360, 112)
    canvas.box(8, 8, 344, 96, PLATE)
    canvas.box(14, 14, 332, 2, DARK)
    canvas.box(14, 96, 332, 2, DARK)
    canvas.words("示例", 296, 80, 1, MARK)
    if all(sign in SIGNS for sign in number) and number:
        canvas.words(number, 28, 32, 3, DARK)
    else:
        for x in range(30, 330, 44):
            canvas.box(x, 44, 30, 26, ROAD)
    return canvas.png()
