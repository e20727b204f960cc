"""What themes that are not ours get of an item beside its text: pictures, ways out, coverage, sources and topics."""
