"""Files as they lie on a disk: which there are, whether one is still what it was, and how much one may ask for."""
