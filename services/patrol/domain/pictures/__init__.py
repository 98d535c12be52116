"""What happened, in pictures: of places, kinds and hours, never of people. Each is one statement."""
