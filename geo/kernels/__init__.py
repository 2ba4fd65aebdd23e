"""Loops over numbers, compiled by numba; kept on disk between runs. Whoever calls them checks shapes and kinds: nothing here does."""
