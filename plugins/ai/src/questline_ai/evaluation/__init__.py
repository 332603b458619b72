"""Evaluation: a suite of prompts asked of several models, their answers checked and compared."""
