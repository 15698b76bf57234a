"""Frames of JT/T 808: `7e | head | body | check | 7e`, in the editions of 2013 (and 2011) and of 2019.

Basis: JT/T 808-2013 and JT/T 808-2019, 4.4. Bits 0-9 of the attributes are the body's length, bit 13 says that the
message came in parts, bit 14 tells the heads apart. A frame holds at most 21 + 1023 + 1 bytes before escaping, which
may double them.
"""

from tonggui.wire.framing import Framing, HeadLayout

HEAD_2013 = HeadLayout("2013", mask=0x4000, value=0, identity=(4, 6), serial_at=10, size=12)
HEAD_2019 = HeadLayout("2019", mask=0x4000, value=0x4000, identity=(5, 10), serial_at=15, size=17)

FRAMING = Framing(heads=(HEAD_2013, HEAD_2019), max_frame=2 * (21 + 1023 + 1) + 2)
