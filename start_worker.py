"""Starts one worker; Redis has to be there."""

import sys

from video_automation.bootstrap import run_worker

if __name__ == "__main__":
    sys.exit(run_worker())
