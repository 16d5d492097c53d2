"""The ``zcertlint`` command. ``--version`` is answered before anything else is imported."""

import sys

__all__ = ["main"]


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        from zcertlint._version import __version__  # noqa: PLC0415 (nothing else shall be loaded)

        sys.stdout.write(f"zcertlint {__version__}\n")
        return
    from zcertlint.cli.main import run  # noqa: PLC0415

    run()


if __name__ == "__main__":
    main()
