"""Which phones are bound to a person, and whether they were heard to ring."""
