"""What comes again: rule (which days), dates (which of them, and when), making (occurrences), life, standing."""
