"""Plain text files to a document: the encoding is found out, the structure guessed with care."""

import codecs
import re

from charset_normalizer import from_bytes

from ingest.read.build import Body, Builder
from ingest.read.characters import clean
from ingest.read.structure import add_plain_text
from ingest.schema import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Share of control characters and unmapped bytes above which bytes are no text.
MAX_UNREADABLE = 0.02
MAX_WESTERN_ACCENTS = 0.2
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")


def read_text(content: bytes, name: str) -> Body:
    """A document from the bytes of a text file."""
    builder = Builder()
    add_plain_text(builder, clean(decode(content, name)).replace("\f", "\n\n"))
    return builder.body()


def decode(content: bytes, name: str, declared: str | None = None) -> str:
    """Bytes to text: byte order mark, then what the file declares, UTF-8, GB18030, Windows-1252, then what
    charset-normalizer finds."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _checked(content.decode(encoding, "replace"), name)
    candidates = (_usual_name(declared), "utf-8", _wide(content))
    for candidate in candidates:
        text = _try(content, candidate)
        if text is not None and _is_readable(text):
            return text
    # GB18030 accepts almost any bytes, so it must prove itself by common Chinese characters.
    chinese = _try(content, "gb18030")
    if chinese is not None and _is_readable(chinese) and _is_common_chinese(chinese):
        return chinese
    # Mostly ASCII with a few high bytes is Western print: curly quotes and accents.
    western = _try(content, "cp1252")
    if western is not None and _is_readable(western) and sum(byte > 127 for byte in content) < MAX_WESTERN_ACCENTS * len(content):
        return western
    best = from_bytes(content).best()
    return _checked(str(best) if best is not None else content.decode("utf-8", "replace"), name)


def _usual_name(declared: str | None) -> str | None:
    """GB2312 and GBK are declared for pages that use characters of their superset."""
    is_gb = declared is not None and declared.lower().replace("-", "").replace("_", "") in ("gb2312", "gbk", "gb231280", "xgbk")
    return "gb18030" if is_gb else declared


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark shows by zero bytes on one side of each pair, or by CJK pairs that decode cleanly."""
    sample = content[:4000]
    if len(content) % 2 or len(sample) < 4:
        return None
    high, low = sample[0::2].count(0), sample[1::2].count(0)
    if max(high, low) > 0.02 * len(sample):
        return "utf-16-le" if low > high else "utf-16-be"
    return None


def _try(content: bytes, encoding: str | None) -> str | None:
    try:
        return content.decode(encoding) if encoding else None
    except (UnicodeDecodeError, LookupError):
        return None


def _is_readable(text: str) -> bool:
    return len(_UNREADABLE.findall(text)) <= MAX_UNREADABLE * len(text)


def _is_common_chinese(text: str) -> bool:
    """Whether most characters beyond ASCII are of the everyday set (GB2312) or its punctuation."""
    foreign = [character for character in text[:20000] if ord(character) > 127]
    common = sum(_try_encode(character) for character in foreign)
    return bool(foreign) and common >= 0.9 * len(foreign)


def _try_encode(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _checked(text: str, name: str) -> str:
    if not _is_readable(text):
        raise ReadError(f"{name}: its bytes are no text in UTF-8, GB18030 or UTF-16; save it as UTF-8 text or give it its right extension")
    return text
