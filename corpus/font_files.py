"""The fonts that a PDF is set in, and where a system keeps them."""

from pathlib import Path

from ingest.schema import PlanQueryError

# File, family, style, and the Debian package that brings it. The Chinese font has no Latin letters; the last has some raised figures.
FONTS = (
    ("LiberationSerif-Regular.ttf", "latin", "", "fonts-liberation"),
    ("LiberationSerif-Bold.ttf", "latin", "B", "fonts-liberation"),
    ("DroidSansFallbackFull.ttf", "chinese", "", "fonts-droid-fallback"),
    ("DejaVuSerif.ttf", "signs", "", "fonts-dejavu-core"),
)
_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "~/.fonts", "~/.local/share/fonts", "~/Library/Fonts")


def find_fonts(folder: Path | None) -> dict[str, Path]:
    """Font files by name: in `folder` when given, else where systems keep them."""
    places = [folder] if folder else [Path(place).expanduser() for place in _FOLDERS]
    found: dict[str, Path] = {}
    for name, _, _, package in FONTS:
        path = next((path for place in places if place.is_dir() for path in sorted(place.rglob(name))), None)
        if path is None:
            raise PlanQueryError(f"font {name} not found; install the package {package} or name a folder that has it with --fonts")
        found[name] = path
    return found
