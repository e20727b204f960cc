"""Things that scenes are made of: each function draws one of them on a canvas."""
