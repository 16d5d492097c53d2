"""One command per file; the file's name is the command's. Each has ``command``, which typer runs."""
