"""What there is to say about a built site before it is published: links, size, age. Nothing is changed."""
