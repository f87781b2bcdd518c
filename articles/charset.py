"""Bytes to text where the declaration is missing or lies: only codecs from a list, and legacy 8-bit text by how its letters look."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNMARKED = ((b"<\0?\0", "utf-16-le"), (b"\0<\0?", "utf-16-be"))
_DECLARED = re.compile(rb"""(?:encoding|charset)\s*=\s*["']?([A-Za-z0-9_.:-]{2,40})""")
_WHOLE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")  # a letter in UTF-8; in 8-bit codecs a capital and a symbol: rare
_HEAD = 4_096
_SAMPLE = 2**20

# Python would also take names such as unicode_escape, idna or zlib_codec, and a document can name them.
_ALLOWED = frozenset(
    [f"cp125{n}" for n in range(9)]
    + [f"iso8859-{n}" for n in range(2, 17)]
    + ["cp866", "koi8-r", "koi8-u", "mac-cyrillic", "gb18030", "big5", "euc_jp", "shift_jis", "iso2022_jp", "euc_kr", "cp949", "tis-620"]
)
_INSTEAD = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}  # as browsers read them


def _latin(letters: str) -> re.Pattern[str]:
    """Everyday letters that stand among ASCII ones."""
    return re.compile(f"(?<![^\x00-\x7f]{{2}})[{letters}](?![^\x00-\x7f]{{2}})")


_WEST, _POLISH, _CZECH = _latin("äöüßéèàçêñáíóúâîôû¿¡"), _latin("ąćęłńóśźż"), _latin("áčďéěíňóřšťúůýž")
_CYRILLIC = re.compile("(?<![A-Za-z])[оеаинтсрвлкмдіїє](?![A-Za-z])")  # the frequent ones: other codecs give rare ones and capitals
_GUESSES = (
    ("cp1252", _WEST),
    *((codec, letters) for codec in ("cp1250", "iso8859_2") for letters in (_POLISH, _CZECH)),
    *((codec, _CYRILLIC) for codec in ("cp1251", "koi8_u", "iso8859_5")),
)


def decode(body: bytes) -> str:
    """The text of an XML or HTML document, whatever it declares; undecodable bytes become U+FFFD."""
    for mark, codec in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(codec, "replace")
    for start, codec in _UNMARKED:
        if body.startswith(start):
            return body.decode(codec, "replace")
    try:
        return body.decode()
    except UnicodeDecodeError:
        return _legacy(body)


def _legacy(body: bytes) -> str:
    if codec := _declared(body):
        try:
            return body.decode(codec)
        except UnicodeDecodeError:
            pass
    damaged = body.decode(errors="replace")
    if len(_WHOLE.findall(body)) > damaged.count("\ufffd"):  # UTF-8 with a few bad bytes in it
        return damaged
    return body.decode(_guess(body[:_SAMPLE]), "replace")


def _declared(body: bytes) -> str | None:
    found = _DECLARED.search(body[:_HEAD])
    if not found:
        return None
    try:
        name = codecs.lookup(found[1].decode()).name
    except LookupError:
        return None
    name = _INSTEAD.get(name, name)
    return name if name in _ALLOWED else None


def _guess(sample: bytes) -> str:
    """The codec in which most of the letters beyond ASCII are everyday ones of one script; the first of equals."""
    texts = ((codec, letters, sample.decode(codec, "replace")) for codec, letters in _GUESSES)
    return max(((len(letters.findall(text)), codec) for codec, letters, text in texts), key=lambda scored: scored[0])[1]
