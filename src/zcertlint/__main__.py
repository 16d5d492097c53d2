"""The ``zcertlint`` command. ``--version`` is answered before anything else is imported."""

import gc
import os
import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line and end the process."""
    if sys.argv[1:] == ["--version"]:
        from zcertlint._version import __version__  # noqa: PLC0415 (nothing else shall be loaded)

        try:
            sys.stdout.write(f"zcertlint {__version__}\n")
            sys.stdout.flush()
        except BrokenPipeError:
            os._exit(0)  # whoever read us has enough, and Python would complain at its own flush
        return
    # A run is short and makes many objects that stay: collecting among them costs more than it frees.
    gc.set_threshold(100_000, 20, 20)
    from zcertlint.cli.main import run  # noqa: PLC0415

    try:
        run()
    except SystemExit as done:
        code = done.code if isinstance(done.code, int) else 0
    else:
        code = 0
    sys.stdout.flush()
    sys.stderr.flush()
    # Everything is written. Taking hundreds of modules apart before the end costs a tenth of the whole run.
    os._exit(code)


if __name__ == "__main__":
    main()
