"""Wall views: links that show a board without people on a large screen, until they run out or are revoked."""
