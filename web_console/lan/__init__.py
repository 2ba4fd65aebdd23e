"""A county's own network: HTTPS by an authority of this machine, and how a phone comes to trust it."""
