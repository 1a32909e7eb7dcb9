"""Obey: turns a plan into files, without knowledge of how it was decided."""
