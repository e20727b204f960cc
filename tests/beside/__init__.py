"""Other plugins, each alone beside ours: what they do without us they do with us, and they damage nothing of ours."""
