"""From pages to a table of answered offers, in ten lines: the pages are samples of made-up papers."""

import communique
from communique.demo import sample_pages

with communique.Ledger.open("skarv-bank.ledger", create=True) as ledger:
    print(ledger.add(*sample_pages()))
    for thread in ledger.threads(status="rejected"):
        print(thread.outcome_date, thread.matter, "-", "; ".join(thread.said_by))
    offers = ledger.moves(actor="NOR", between=("2014", "2014-12"), type="PROPOSE")
    print(offers.to_pandas()[["date", "targets", "about", "quote"]])
