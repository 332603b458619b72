"""Assessments: quizzes and checks in lessons, and the attempts that learners make at them."""

__version__ = "0.1.0"
