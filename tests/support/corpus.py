"""Where the real outputs written by others are, when this machine has them."""

import os
from pathlib import Path

__all__ = ["corpus_dir"]


def corpus_dir() -> Path | None:
    """The folder of the corpus: ``ZCERTLINT_CORPUS``, else ``shared/corpus`` beside a parent of the tests.

    None when there is no such folder; a test that needs it is skipped then.
    """
    named = os.environ.get("ZCERTLINT_CORPUS")
    if named:
        folder = Path(named)
        return folder if folder.is_dir() else None
    for parent in Path(__file__).resolve().parents:
        folder = parent / "shared" / "corpus"
        if folder.is_dir():
            return folder
    return None
