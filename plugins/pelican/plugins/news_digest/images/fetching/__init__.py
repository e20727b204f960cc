"""Pictures of other hosts → bytes, politely and within limits: the only door to the network."""
