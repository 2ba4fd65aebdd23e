"""What a drill measures: figures of the moment, temporal functions over the log, verdicts and proposed ratings. Pure."""
