"""The text of front matter → plain values, strictly, and the line of each: the only door to YAML."""
