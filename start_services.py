"""Starts Redis, a worker and the web server, in that order, and keeps them running until Ctrl-C or TERM."""

from video_automation.cli import main

if __name__ == "__main__":
    main(["start"])
