"""What plugins keep accounts and groups with, on behalf of another system."""
