"""An owner's videos as a library: names, search, removal."""
