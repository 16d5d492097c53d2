#!/bin/sh
# Resolves requirements-dev.txt again: `make lock`. The resolver (uv) lives in a throw-away environment; the file
# that it writes holds names, versions and digests, no address of any index.
set -eu
python=${1:-python3}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$python" -m venv "$work/venv"
"$work/venv/bin/python" -m pip install --quiet 'uv>=0.8,<1'
"$python" -c '
import tomllib
print(*tomllib.load(open("pyproject.toml", "rb"))["build-system"]["requires"], sep="\n")' > "$work/build.in"
echo editables >> "$work/build.in"  # what hatchling asks for when an editable install is built
{
  echo '# Everything that development and CI install, pinned by SHA-256 for Python 3.11 to 3.13 on every platform.'
  echo '# No addresses: pip takes the files from the index that it is set up for. Written by `make lock`.'
  "$work/venv/bin/uv" pip compile pyproject.toml "$work/build.in" --group dev --quiet --universal \
    --python-version 3.11 --generate-hashes --no-header --no-annotate | sed '/^--/d'
} > "$work/requirements-dev.txt"
mv "$work/requirements-dev.txt" requirements-dev.txt
