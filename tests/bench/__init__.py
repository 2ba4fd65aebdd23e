"""The benchmark: figures beside a peer or limit measured in the same run. Not a test; `make bench`."""
