"""Where the recogniser's models are installed."""

from __future__ import annotations

import os
from pathlib import Path

from pipeline.errors import MissingTool

MODEL = "Vietnamese"
_PACKAGES = {MODEL: "tesseract-ocr-script-viet"}
_FOLDERS = ("/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tessdata", "/usr/local/share/tessdata")


def model_folder(model: str = MODEL) -> Path:
    """The folder of a model. Raises MissingTool, naming the package to install, where there is none."""
    named = os.environ.get("TESSDATA_PREFIX")
    for folder in (*([named] if named else []), *_FOLDERS):
        for inside in (Path(folder), Path(folder) / "script"):
            if (inside / f"{model}.traineddata").is_file():
                return inside
    package = _PACKAGES.get(model, f"tesseract-ocr-{model}")
    raise MissingTool(f"The OCR model {model} is not installed; install Debian's package {package}.")
