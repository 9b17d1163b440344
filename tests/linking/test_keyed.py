"""Keys in arrays find what dictionaries would: every report that shares a key, once, and nothing else."""

from __future__ import annotations

import random
from collections.abc import Iterable

from communique.linking.keyed import Keyed, Pairs, meetings
from communique.linking.report import Report
from communique.linking.same_act import Outline, block_keys, ruled_out, same_act
from communique.linking.whole import edges_of
from linking.stories import one


def stories(chance: random.Random, number: int) -> list[Report]:
    """Reports of few parties and matters over some years, dated by day, month, year or not at all."""
    made = []
    for _ in range(number):
        year, month, day = chance.randrange(2028, 2031), chance.randrange(1, 13), chance.randrange(1, 29)
        whole = f"{year}-{month:02}-{day:02}"
        date = chance.choice((whole, whole, whole[:7], whole[:4], None))
        type_ = chance.choice(("PROPOSE", "REQUEST", "REJECT", "DENY", "CONSULT", "AGREE", "SANCTION"))
        status = chance.choice(("actual", "alleged", "planned"))
        who, whom = chance.choice(("FRA", "ITA", "FRA ITA")), chance.choice(("ESP", "", "ITA"))
        about = chance.choice(("the harbour toll", "fishing quotas", "the ferry and its toll"))
        made.append(one(type_, who, whom, about, date=date, status=status, published=whole))
    return made


def test_numbers_come_back_under_their_keys() -> None:
    """Each number is found under each of its keys, once, in order; unknown keys find nothing."""
    keyed = Keyed()
    for keys in ([5, -7], [], [5], [9, -7, 5]):
        keyed.file(keys)
    assert keyed.under([5]).tolist() == [0, 2, 3]
    assert keyed.under([-7, 9]).tolist() == [0, 3]
    assert keyed.under([4]).tolist() == keyed.under([]).tolist() == []
    assert list(keyed.rows()) == [(-7, 0), (-7, 3), (5, 0), (5, 2), (5, 3), (9, 3)]


def test_numbers_pair_under_a_key() -> None:
    """Within one, every two numbers under a key; across two, each of one with each of the other."""
    one_, other = Keyed(), Keyed()
    for keys in ([1, 2], [1], [1, 3]):
        one_.file(keys)
    for keys in ([3, 4], [1]):
        other.file(keys)
    assert sorted(pairs(one_.within())) == [(0, 1), (0, 2), (1, 2)]
    assert sorted(pairs(one_.across(other))) == [(0, 1), (1, 1), (2, 0), (2, 1)]
    assert pairs(Keyed().within()) == pairs(Keyed().across(other)) == []


def pairs(found: Iterable[Pairs]) -> list[tuple[int, int]]:
    """Arrays of pairs as a list of pairs."""
    return [pair for a, b in found for pair in zip(a.tolist(), b.tolist(), strict=True)]


def test_every_pair_that_shares_a_key_and_could_be_one_act_meets() -> None:
    """Against all pairs: by month where the keys meet, by matter where one is wide; no act is missed for its days."""
    reports = stories(random.Random(4), 160)
    keys = [block_keys(report) for report in reports]
    met = meetings(reports, keys)
    found = set(met.pairs())
    assert len(found) == len(list(met.pairs())) and all(a < b for a, b in found)
    for b, (timed_b, matters_b, wide_b) in enumerate(keys):
        for a, (timed_a, matters_a, wide_a) in enumerate(keys[:b]):
            by_matter = bool(set(matters_a) & set(matters_b)) and (wide_a or wide_b)
            shares = by_matter or bool(set(timed_a) & set(timed_b))
            assert shares or (a, b) not in found
            if shares and same_act(reports[a], reports[b]):
                assert (a, b) in found
    assert {frozenset(edge[:2]) for edge in edges_of(reports)} == {
        frozenset((reports[a].key, reports[b].key)) for a, b in found if same_act(reports[a], reports[b])
    }


def test_two_reports_compare_the_same_in_either_order() -> None:
    """So that what was linked first does not matter: an agreement beside a yes, and every made-up pair."""
    reports = stories(random.Random(9), 60)
    assert all(same_act(a, b) == same_act(b, a) for a in reports for b in reports)
    yes = one("ACCEPT", "FRA", "ITA", "the harbour toll", date="2030-06-09")
    deal = one("AGREE", "FRA", "ITA", "a ferry", date="2030-06-09")
    assert same_act(yes, deal) == same_act(deal, yes)


def test_what_is_ruled_out_is_not_one_act() -> None:
    """What an outline rules out, comparing rules out too, whichever of the two is outlined; and it rules out much."""
    reports = stories(random.Random(5), 120)
    pairs = [(a, b) for a in reports for b in reports if a is not b]
    out = [(a, b) for a, b in pairs if ruled_out(a, Outline(b.page, b.type, b.since, b.until))]
    assert not [pair for pair in out if same_act(*pair)]
    assert len(out) > len(pairs) / 2
