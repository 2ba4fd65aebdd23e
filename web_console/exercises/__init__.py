"""Exercises with real people (实战演练), each in a realm of its own beside the live one. Only this room and the assembly above it
hold both: what goes from one to the other is written here, and nowhere else."""
