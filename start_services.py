"""Starts Redis, a worker and the web server, in that order, and keeps them running until Ctrl-C or TERM."""

import sys

from video_automation.bootstrap import run_services

if __name__ == "__main__":
    sys.exit(run_services())
