"""The measurements behind the documented figures on speed, memory and precision: `make bench`."""
