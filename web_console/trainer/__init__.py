"""A drill that is served: its clock, those who are simulated in it, and what its trainers see."""
