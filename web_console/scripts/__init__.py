"""Drill files (剧本): those that come along, and the shelf of those that trainers wrote in this realm."""
