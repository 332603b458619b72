"""Importing people from CSV files: read as a whole, taken in chunk by chunk, each chunk all or nothing."""
