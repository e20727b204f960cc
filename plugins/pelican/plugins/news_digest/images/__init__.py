"""Pictures: which of the many that items name are worth showing, and where they are."""
