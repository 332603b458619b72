"""The writer's sentences, in its two languages."""

from questline_ai_sandbox.words import Language

LABEL: dict[Language, str] = {
    "en": "Sample answer (made by rules, no AI was asked)",
    "de": "Beispielantwort (nach Regeln gemacht, keine KI wurde gefragt)",
}
SHORT_LABEL: dict[Language, str] = {"en": "Sample", "de": "Beispiel"}

KINDS: dict[str, str] = {
    "translation": r"translat\w*|übersetz\w*",
    "summary": r"summari[sz]e\w*|summary|tl;?dr|zusammenfass\w*|fasse? .{0,40}zusammen",
    "outline": r"outline|gliederung|lesson plan",
    "headline": r"headlines?|subject lines?|titles?|taglines?|slogans?|überschrift\w*|betreff\w*|titel",
    "email": r"e-?mails?|newsletter|mailing",
    "advert": r"ads?|adverts?|advertisements?|anzeigen?",
    "post": r"posts?|tweets?|linkedin|instagram|facebook|captions?|beitrag|beiträge",
}
"""Which words ask for what; the first that fits."""

TEMPLATES: dict[Language, dict[str, str]] = {
    "en": {
        "headline": "1. {Topic}: a calmer way to better results\n2. What {topic} can do for you this week\n"
        "3. Still unsure about {topic}? Start here",
        "email": "Subject: {Topic}, made simple\n\nHello,\n\n"
        "you asked for a {tone} way into {topic}. Here it is: one clear step, "
        "ten minutes, and a result you can show.\n\nTry it today and tell us how it went.\n\nKind regards\nThe team",
        "advert": "{Topic}\nA {tone} start in ten minutes. No long set-up, no surprises.\nTry it today.",
        "post": "{Topic} does not have to be complicated.\n\nStart with one small step today, look at what it does, "
        "and take the next one tomorrow.\n\nWhat is your first step? #{tag}",
        "outline": "1. Why {topic} matters\n2. The three ideas behind {topic}\n3. An example, step by step\n"
        "4. Try it yourself\n5. What to remember",
        "text": "{Topic} is worth a closer look. Start with what your readers want to get done, say in one sentence "
        "how {topic} helps, and end with one clear next step.",
        "translation": "The sample writer does not translate. The text was:\n\n{source}",
        "unknown": "The text I was given says nothing about that.",
        "from_text": "{found}",
    },
    "de": {
        "headline": "1. {Topic}: ruhiger zu besseren Ergebnissen\n2. Was {topic} diese Woche für Sie tun kann\n"
        "3. Noch unsicher bei {topic}? Hier anfangen",
        "email": "Betreff: {Topic}, einfach gemacht\n\nGuten Tag,\n\n"
        "Sie wollten einen Einstieg in {topic}, {tone} und ohne Umwege. "
        "Hier ist er: ein klarer Schritt, zehn Minuten, ein Ergebnis zum Zeigen.\n\nProbieren Sie es heute aus.\n\n"
        "Viele Grüße\nDas Team",
        "advert": "{Topic}\nIn zehn Minuten starten: {tone}, ohne lange Einrichtung.\nHeute ausprobieren.",
        "post": "{Topic} muss nicht kompliziert sein.\n\nHeute ein kleiner Schritt, morgen der nächste.\n\n"
        "Was ist Ihr erster Schritt? #{tag}",
        "outline": "1. Warum {topic} wichtig ist\n2. Die drei Ideen hinter {topic}\n3. Ein Beispiel, Schritt für "
        "Schritt\n4. Selbst ausprobieren\n5. Was bleibt",
        "text": "{Topic} verdient einen zweiten Blick. Beginnen Sie mit dem, was Ihre Leser erreichen wollen, sagen "
        "Sie in einem Satz, wie {topic} hilft, und enden Sie mit einem klaren nächsten Schritt.",
        "translation": "Der Beispielschreiber übersetzt nicht. Der Text war:\n\n{source}",
        "unknown": "Der Text, den ich habe, sagt dazu nichts.",
        "from_text": "{found}",
    },
}
TONE: dict[Language, str] = {"en": "friendly", "de": "freundlich"}
TOPIC: dict[Language, str] = {"en": "your idea", "de": "Ihre Idee"}
