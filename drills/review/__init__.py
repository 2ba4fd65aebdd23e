"""After-action review: drafted from the log, each sentence with the events it rests on."""
