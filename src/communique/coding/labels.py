"""The label spaces of the trained model, in the order of its outputs."""

from __future__ import annotations

TYPES = (
    "PROPOSE", "REQUEST", "ACCEPT", "REJECT", "AGREE",
    "CONSULT", "SUPPORT", "ACCUSE", "DENY", "THREATEN",
    "COOPERATE", "AID", "CONCEDE", "BREACH", "SANCTION", "MOBILIZE", "PROTEST", "COERCE", "ASSAULT",
)  # fmt: skip
TYPE_INDEX = {name: index for index, name in enumerate(TYPES)}
SYMMETRIC = frozenset({"AGREE", "CONSULT"})
TERMED = frozenset({"PROPOSE", "REQUEST", "ACCEPT", "REJECT", "AGREE"})

MODES = (
    ("PROPOSE", "offer"), ("PROPOSE", "plan"), ("PROPOSE", "invite"), ("PROPOSE", "mediate"),
    ("REQUEST", "ask"), ("REQUEST", "demand"),
    ("ACCEPT", "full"), ("ACCEPT", "conditional"),
    ("REJECT", "refuse"), ("REJECT", "veto"), ("REJECT", "decline"),
    ("AGREE", "deal"), ("AGREE", "ceasefire"), ("AGREE", "joint-statement"),
    ("CONSULT", "meet"), ("CONSULT", "talk"), ("CONSULT", "visit"), ("CONSULT", "negotiate"), ("CONSULT", "mediate"),
    ("SUPPORT", "endorse"), ("SUPPORT", "recognise"),
    ("ACCUSE", "accuse"), ("ACCUSE", "condemn"),
    ("AID", "military"), ("AID", "economic"), ("AID", "humanitarian"),
    ("CONCEDE", "release"), ("CONCEDE", "ease"), ("CONCEDE", "withdraw"), ("CONCEDE", "resign"),
    ("CONCEDE", "ceasefire"), ("CONCEDE", "disarm"),
)  # fmt: skip
MODE_INDEX = {pair: index for index, pair in enumerate(MODES)}

STATUSES = ("actual", "alleged", "planned", "negated")
DATE_CLASSES = ("none", "month", "day", "other")
