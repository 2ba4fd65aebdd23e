"""The feed: topics of items, sent as snapshots and diffs. Sans-I/O; only `shell` awaits. See docs/socket.md."""
