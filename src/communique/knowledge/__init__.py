"""Who is who: states, organisations, groups, people and their offices, as tables and a loader."""

from communique.knowledge.knowledge import Knowledge, load_knowledge
from communique.knowledge.people import Office, Person

__all__ = ["Knowledge", "Office", "Person", "load_knowledge"]
