"""What there is to say about an archive beside what a build says: pure functions from records to diagnostics."""
