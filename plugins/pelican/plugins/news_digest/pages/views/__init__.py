"""What templates may read: frozen plain data, a module for each kind of page."""
