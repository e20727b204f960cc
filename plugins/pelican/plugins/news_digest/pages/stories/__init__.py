"""Pages of stories: one of each, with all that was reported, its feeds, and the lists of them."""
