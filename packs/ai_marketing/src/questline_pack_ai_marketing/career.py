"""The levels of a marketer who learns to work with AI."""

TITLES = (
    "Prompt Apprentice",
    "Draft Editor",
    "Audience Scout",
    "Content Maker",
    "Campaign Builder",
    "Funnel Analyst",
    "Growth Marketer",
    "Automation Lead",
    "Brand Strategist",
    "Chief AI Marketer",
)
FLOORS = (0, 50, 150, 300, 500, 800, 1200, 1800, 2600, 4000)

LEVELS = [
    {"number": number, "title": title, "floor": floor}
    for number, (title, floor) in enumerate(zip(TITLES, FLOORS, strict=True), 1)
]
