"""Twelve invented feeds that tell three days of Port Ellery, the town of the demonstration."""
