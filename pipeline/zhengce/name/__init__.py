"""Names of places and departments, from what is printed to what is official."""
