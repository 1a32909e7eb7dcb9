"""Starts one worker; Redis has to be there."""

from video_automation.cli import main

if __name__ == "__main__":
    main(["worker"])
