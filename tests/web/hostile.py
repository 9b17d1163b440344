"""Pages made to do harm, or to be hard to mark."""

from __future__ import annotations

from dataclasses import replace

from communique.actor import Actor
from communique.coding.coded import CodedPage
from communique.event import Event, Term
from web.sample import coded_by_hand, evidence, text_page

SCRIPT = "<script>document.title='taken'</script>"
IMAGE = '<img src="http://evil.example/pixel.png" onerror="document.title=\'taken\'">'
STYLE = "<style>body{display:none}</style>"
BROKEN = "</mark></p></div></section></main>\"'><b>"
RIGHT_TO_LEFT = "رفضت آيسلندا العرض النرويجي بشأن الصيد في المياه المتنازع عليها يوم الأربعاء"
OVERRIDE = "\u202edesrever\u202c"
TITLE = f"A title {SCRIPT}"
BODY = f"""{TITLE}
Iceland rejected {SCRIPT} the {IMAGE} offer of Norway {STYLE} on the {BROKEN} bank on Wednesday {OVERRIDE}.
{RIGHT_TO_LEFT}.
{{{{ 7 * 7 }}}} {{% include "base.html" %}} is what the paper wrote on the same day as before.
"""
ACTOR = Actor(f"Iceland {SCRIPT}", '"><script>x</script>/../#?')


def hostile_page() -> CodedPage:
    """Script, style, broken markup, templates and right-to-left text in every field that a page can fill."""
    page = replace(text_page("hostile", BODY), url="javascript:document.title='taken'")
    quote = BODY[BODY.index("rejected") : BODY.index(" bank on")]
    event = Event(
        id="e1",
        type="REJECT",
        mode=None,
        sources=(ACTOR,),
        targets=(Actor("Norway", "NOR"),),
        evidence=evidence(BODY, quote),
        about=f"the offer {IMAGE}",
        date="2014-03-12",
        place=f"Oslo {SCRIPT}",
        according_to=(f"a source {BROKEN}",),
        terms=(Term("asks", "NOR", evidence(BODY, RIGHT_TO_LEFT)),),
    )
    return coded_by_hand(page, TITLE, f"Evil Post {SCRIPT}", "2014-03-12", [event])


OVERLAP = "Norway offered Iceland that it would leave the bank if Iceland shared the catch with it."


def overlapping_page() -> CodedPage:
    """One sentence in which the words of two events and a term overlap."""
    text = f"Two acts in one sentence\n\n{OVERLAP}\n"
    parties = ((Actor("Norway", "NOR"),), (Actor("Iceland", "ISL"),))
    offer = Event("e1", "PROPOSE", None, *parties, evidence(text, OVERLAP[:-1]), "leaving the bank", "2016",
                  terms=(Term("gives", "NOR", evidence(text, "it would leave the bank")),))  # fmt: skip
    ask = Event(
        "e2",
        "REQUEST",
        None,
        *parties,
        evidence(text, "leave the bank if Iceland shared the catch"),
        "the catch",
        "2016",
    )
    return coded_by_hand(
        text_page("overlap", text), "Two acts in one sentence", "Sample Ledger", "2016-01-01", [offer, ask]
    )
