"""Obey: a plan gives files; how it was decided is not known here."""
