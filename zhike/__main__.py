"""`python -m zhike` is the executable `zhike`."""

from zhike.project.cli import main

main()
