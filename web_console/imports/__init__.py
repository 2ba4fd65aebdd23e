"""Lists that keepers bring by the page: read apart, looked at beside the station, stored as one import."""
