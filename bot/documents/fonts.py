"""The letters of the documents: Noto Sans, cut down to French and German, which comes with the package."""

from importlib.resources import as_file, files
from pathlib import Path

REGULAR, BOLD = "NotoSans-Regular.ttf", "NotoSans-Bold.ttf"


def font_file(name: str) -> Path:
    """The path of a font; FileNotFoundError where the package is not complete."""
    with as_file(files("bot.documents").joinpath("fonts", name)) as path:
        if not path.exists():
            raise FileNotFoundError(name)
        return path
