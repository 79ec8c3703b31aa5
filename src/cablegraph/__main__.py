"""Run cablegraph as ``python -m cablegraph``."""

from cablegraph.cli import main

main()
