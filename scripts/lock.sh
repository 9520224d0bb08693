#!/bin/sh
# Locks the versions of pyproject.toml. Not uv.lock: that would record the addresses of the index it was made from.
set -eu
cd "$(dirname "$0")/.."
lock() {
    .build/uv/bin/uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --generate-hashes \
        --no-header --no-annotate --no-emit-index-url "$@"
}
lock --output-file requirements.lock
lock --output-file requirements-dev.lock --extra dev --constraint requirements.lock
