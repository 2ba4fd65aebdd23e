"""Events as they were once stored, kept for ever: see `test_golden.py`."""
