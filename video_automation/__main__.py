"""`python -m video_automation` is the command line."""

from video_automation.cli import main

main()
