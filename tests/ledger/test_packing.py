"""Reports and moves come out of their packing as they went in, and the end of a report tells whether it answers."""

from __future__ import annotations

from dataclasses import replace

from communique.coding.coded import CodedPage
from communique.ledger.packing import answers_within, pack_move, pack_report, unpack_move, unpack_report
from communique.linking.report import Report, reports_of
from communique.linking.whole import link


def _reports(pages: list[CodedPage]) -> list[Report]:
    return [
        report
        for coded in pages
        for report in reports_of(coded.page.digest[:16], "outlet", coded.article, coded.events)
    ]


def test_reports_and_moves_come_back(seeds: list[CodedPage], dev: list[CodedPage]) -> None:
    """Every field, with terms, disputes, chains of sources and what is missing."""
    reports = _reports(seeds + dev)
    assert [unpack_report(pack_report(report)) for report in reports] == reports
    moves = link(reports).moves
    assert [unpack_move(pack_move(move)) for move in moves] == list(moves)
    assert any(report.terms for report in reports) and any(move.disputes for move in moves)


def test_the_end_of_a_report_tells_whether_it_answers(seeds: list[CodedPage]) -> None:
    """Also where what it answers has commas, quotation marks and the word for nothing in its name."""
    reports = _reports(seeds)
    assert {answers_within(pack_report(report)) for report in reports} == {False, True}
    for report in reports:
        assert answers_within(pack_report(report)) == (report.answers is not None)
    odd = replace(reports[0], answers='a, "b",null', answers_type="REQUEST")
    assert answers_within(pack_report(odd))
    assert not answers_within(pack_report(replace(odd, answers=None, answers_type=None)))
