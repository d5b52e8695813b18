"""What only one kind of paper knows: its words, its facts, and the two ways to make it."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from tracker.sop.compliance import semester_figures
from tracker.views.papers.signing import Signing, signatory, signature, signing_roles

if TYPE_CHECKING:
    from tracker.desk.orders import Order, PaperKind
    from tracker.desk.workshop import Workshop
    from tracker.views.papers.compile import Attachment
    from tracker.views.papers.imprint import Imprint

__all__ = ["MAKERS", "Paper"]

_MAKER: Final = {"monthly": "Dibuat oleh,", "semester": "Disusun oleh,", "card": ""}
_APPROVER: Final = {"monthly": "Mengetahui,", "semester": "Penilai,", "card": ""}


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper ready to be made; `document` is its facts for `--json`, `pdf` takes what is to be attached."""

    number: str
    period: str
    document: dict[str, object]
    pdf: Callable[[tuple[Attachment, ...]], bytes]
    copy: Callable[[], bytes]


def _monthly(shop: Workshop, order: Order, imprint: Imprint) -> Paper:
    from tracker.views import copies, papers  # noqa: PLC0415 - only papers need their libraries
    from tracker.views.monthly import monthly_json, monthly_paper  # noqa: PLC0415

    figures = shop.reading.month(shop.month(order), shop.now)
    paper = monthly_paper(
        figures,
        shop.register.sop,
        imprint=imprint,
        signing=_signing(shop, order),
        findings=figures.findings,
        head=shop.head,
    )
    return Paper(
        imprint.number,
        order.period,
        monthly_json(figures, number=imprint.number),
        lambda attached: papers.monthly_pdf(paper, attachments=attached),
        lambda: copies.monthly_copy(paper),
    )


def _semester(shop: Workshop, order: Order, imprint: Imprint) -> Paper:
    from tracker.views import copies, papers  # noqa: PLC0415 - only papers need their libraries
    from tracker.views.semester import semester_json, semester_paper  # noqa: PLC0415

    half = shop.half(order)
    figures = semester_figures(shop.register, half.year, half.half, shop.at)
    paper = semester_paper(
        figures, shop.register.sop, imprint=imprint, signing=_signing(shop, order), head=shop.head
    )
    return Paper(
        imprint.number,
        order.period,
        semester_json(figures, number=imprint.number),
        lambda attached: papers.semester_pdf(paper, attachments=attached),
        lambda: copies.semester_copy(paper),
    )


def _card(shop: Workshop, order: Order, imprint: Imprint) -> Paper:
    from tracker.views import copies, papers  # noqa: PLC0415 - only papers need their libraries
    from tracker.views.card import card_paper  # noqa: PLC0415

    paper = card_paper(
        shop.evaluation,
        order.item,
        imprint=replace(imprint, number=""),
        signing=_signing(shop, order),
        head=shop.head,
    )
    return Paper(
        paper.imprint.number,
        order.item,
        json.loads(paper.facts_json),
        lambda attached: papers.card_pdf(paper, attachments=attached),
        lambda: copies.card_copy(paper),
    )


def _sop(shop: Workshop, order: Order, imprint: Imprint) -> Paper:
    from tracker.views import copies, papers  # noqa: PLC0415 - only papers need their libraries
    from tracker.views.sop_paper import sop_paper  # noqa: PLC0415

    sop = shop.register.sop
    role = sop.first("Disahkan Oleh")
    holder = signatory(shop.register.people, role, shop.at // 1440, named=order.signed_by)
    paper = sop_paper(sop, imprint=imprint, approver=signature("", role, holder), head=shop.head)
    return Paper(
        imprint.number,
        "",
        json.loads(paper.facts_json),
        lambda attached: papers.sop_pdf(paper, attachments=attached),
        lambda: copies.sop_copy(paper),
    )


def _running(shop: Workshop, _: Order, imprint: Imprint) -> Paper:
    from tracker.views import copies, papers  # noqa: PLC0415 - only papers need their libraries
    from tracker.views.lists import running_json, running_list  # noqa: PLC0415

    paper = running_list(shop.evaluation, imprint=imprint, head=shop.head)
    return Paper(
        "",
        "",
        running_json(shop.evaluation),
        lambda _: papers.running_pdf(paper),
        lambda: copies.running_copy(paper),
    )


def _issues(shop: Workshop, _: Order, imprint: Imprint) -> Paper:
    from tracker.register.seen import raw_seen  # noqa: PLC0415 - only this list shows raw content
    from tracker.views import copies, papers  # noqa: PLC0415 - only papers need their libraries
    from tracker.views.lists import issue_list, issues_json  # noqa: PLC0415

    snapshot = shop.reading.snapshot
    paper = issue_list(
        shop.evaluation, imprint=imprint, seen=lambda one: raw_seen(snapshot, one), head=shop.head
    )
    return Paper(
        "",
        "",
        issues_json(shop.evaluation),
        lambda _: papers.issues_pdf(paper),
        lambda: copies.issues_copy(paper),
    )


def _signing(shop: Workshop, order: Order) -> Signing:
    """Who makes and who countersigns on this day; `signed_by` names the countersigner."""
    people, day = shop.register.people, shop.at // 1440
    maker, approver = signing_roles(shop.register.sop)
    return Signing(
        maker=signature(_MAKER[order.kind], maker, signatory(people, maker, day)),
        approver=signature(
            _APPROVER[order.kind], approver, signatory(people, approver, day, named=order.signed_by)
        ),
    )


MAKERS: Final[dict[PaperKind, Callable[[Workshop, Order, Imprint], Paper]]] = {
    "sop": _sop,
    "card": _card,
    "monthly": _monthly,
    "semester": _semester,
    "running": _running,
    "issues": _issues,
}
"""From a workshop, a settled order and an imprint to the paper."""
