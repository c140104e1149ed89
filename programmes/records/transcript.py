"""From an academic record to what a paper says. Every figure is the record's; nothing is worked out here."""

from collections import defaultdict
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language_info, override

from certificates.paper.documents.content import (
    Block,
    Column,
    Institution,
    KeyValues,
    Notes,
    Paragraph,
    Row,
    RowGroup,
    Table,
)
from certificates.papers.composing import Filling
from certificates.phrases import day_in
from courses.titles import title_in
from gradebook.grades import Standing
from gradebook.grades.numbers import plain, rounded
from gradebook.plans import scale_of
from programmes.models import PartnerPart, ProgrammeEdition
from programmes.records.record import AcademicRecord, ModuleLine
from programmes.records.words import say


def filling_of(record: AcademicRecord, language: str, given: dict[str, str] | None = None) -> Filling:
    """What is known about a student's papers, in a language; `given` adds what staff typed for this one."""
    edition = record.student.programme_edition
    with override(language):
        fields = _fields(record, edition, language)
        blocks = {
            "facts": (_facts(record, edition, language),),
            "results": (_results(record, language),),
            "legend": _legend(edition, language),
            "supplement": (Paragraph(say("average_note", language), small=True),),
        }
    known = {name: value for name, value in (fields | (given or {})).items() if value}
    person = record.student.person
    return Filling(
        name=person.name_for_certificate or person.full_name,
        fields=known,
        blocks=blocks,
        subtitle=f"{known['programme']} · {edition.name}",
        addressee=person.name_for_certificate or person.full_name,
        place=known.get("place", ""),
        institutions=_institutions(edition, language),
    )


def _fields(record: AcademicRecord, edition: ProgrammeEdition, language: str) -> dict[str, str]:
    student, degree = record.student, record.degree
    is_awarded = degree is not None and degree.is_awarded
    return {
        "programme": title_in(edition.page, language),
        "edition": edition.name,
        "starts_on": day_in(edition.starts_on, language),
        "ends_on": day_in(edition.ends_on, language),
        "place": edition.page.place,
        "mode": say(student.mode, language),
        "partners": ", ".join(str(one.partner.name_in(language)) for one in edition.partners.all()),
        "country": student.country.name_in(language) if student.country else "",
        "admitted_on": day_in(day_of(student.admitted_at, edition), language),
        "conferred_on": day_in(day_of(degree.decided_at, edition), language) if is_awarded else "",
        "class": degree.rule.name_in(language) if is_awarded and degree.rule else "–",
        "average": standing_text(record.average_standing) or "–",
        "hours": plain(record.hours_taught),
        "credits": plain(record.credits_earned),
        "credit_unit": credit_unit(edition, language),
        "attendance": _percent(record.attendance) or "–",
    }


def day_of(moment: datetime, edition: ProgrammeEdition) -> date:
    """The day of a moment where the programme is taught."""
    return timezone.localdate(moment, ZoneInfo(edition.time_zone))


def credit_unit(edition: ProgrammeEdition, language: str) -> str:
    """What one credit stands for, in a sentence; only the unit's name where the hours are not laid down."""
    taught, worked = edition.hours_taught_per_credit, edition.hours_worked_per_credit
    if taught is None or worked is None:
        return edition.credit_name
    return say(
        "credit_unit", language, unit=edition.credit_name, taught=_number(taught), worked=_number(worked)
    )


def standing_text(standing: Standing | None) -> str:
    """A result as it is printed: the word and the number where there are both."""
    if standing is None:
        return ""
    return f"{standing.number} · {standing.word}" if standing.word else standing.number


def _facts(record: AcademicRecord, edition: ProgrammeEdition, language: str) -> KeyValues:
    student = record.student
    start, end = day_in(edition.starts_on, language), day_in(edition.ends_on, language)
    known = [
        ("name", student.person.name_for_certificate or student.person.full_name),
        ("programme", title_in(edition.page, language)),
        ("country", student.country.name_in(language) if student.country else ""),
        ("edition", edition.name),
        ("mode", say(student.mode, language)),
        ("taught_in", str(get_language_info(edition.language)["name_translated"])),
        ("period", f"{start} – {end}"),
    ]
    if record.degree is not None and record.degree.is_awarded:
        known.append(("degree", day_in(day_of(record.degree.decided_at, edition), language)))
    return KeyValues(tuple((say(name, language), value) for name, value in known if value), columns=2)


def _results(record: AcademicRecord, language: str) -> Table:
    columns = (
        Column(say("code", language), 1.3),
        Column(say("module", language), 4.2, names_row=True),
        Column(say("taught", language), 1.2, align="figures"),
        Column(say("worked", language), 1.2, align="figures"),
        Column(say("credits", language), 1.2, align="figures"),
        Column(say("result", language), 1.3, align="figures"),
        Column(say("grade", language), 1.8),
    )
    phases = defaultdict(list)
    for line in record.lines:
        phases[line.module.phase].append(line)
    groups = [
        RowGroup(tuple(_row(line, language) for line in lines), title=phase.name_in(language))
        for phase, lines in phases.items()
    ]
    return Table(columns, (*groups, RowGroup((_total(record, language),))), summary=say("module", language))


def _row(line: ModuleLine, language: str) -> Row:
    module, result = line.module, line.counted
    title = title_in(module.edition.course, language)
    notes = []
    if module.is_elective:
        notes.append(say("elective", language))
    if result and result.attempt > 1:
        notes.append(say("attempt", language, number=str(result.attempt)))
    word = say(result.outcome, language) if result else say("pending", language)
    standing = line.counted_standing
    return Row(
        (
            module.code,
            f"{title} ({', '.join(notes)})" if notes else title,
            _number(module.hours_taught),
            _number(module.hours_worked),
            _number(line.credits_earned if result else module.credits),
            standing.number if standing else "–",
            standing.word if standing and standing.word and result.passed else word,
        )
    )


def _total(record: AcademicRecord, language: str) -> Row:
    passed = [line.module for line in record.lines if line.passed]
    return Row(
        (
            "",
            say("total", language),
            _number(sum((module.hours_taught for module in passed), Decimal(0))),
            _number(sum((module.hours_worked for module in passed), Decimal(0))),
            _number(record.credits_earned),
            record.average_standing.number if record.average_standing else "–",
            record.average_standing.word if record.average_standing else "",
        ),
        total=True,
    )


def _legend(edition: ProgrammeEdition, language: str) -> tuple[Block, ...]:
    """The scale: its bands and from where one passes."""
    if edition.scale is None:
        return ()
    scale = scale_of(edition.scale)
    items = [
        (band.label, say("band_from", language, share=scale.place(band.from_score * 100).number))
        for band in scale.bands
    ]
    if scale.pass_from is not None:
        bar = scale.place(scale.pass_from * 100).number
        items.append((edition.scale.name_in(language), say("pass_from", language, share=bar)))
    return (Notes(tuple(items), columns=2),) if items else ()


def _institutions(edition: ProgrammeEdition, language: str) -> tuple[Institution, ...]:
    """Who gives the degree first, then the others; ours where no partner has a part."""
    own = settings.INSTITUTION_NAMES.get(language, settings.INSTITUTION_NAMES["en"])
    partners = sorted(
        edition.partners.select_related("partner"), key=lambda one: list(PartnerPart).index(one.part)
    )
    given = [Institution(one.partner.name_in(language), say(one.part, language)) for one in partners]
    names = {institution.name for institution in given}
    return tuple(given) if own in names else (Institution(own), *given)


def _number(value: Decimal) -> str:
    return plain(value)


def _percent(share) -> str:
    return "" if share is None else f"{plain(rounded(share * 100, 1))}\N{NO-BREAK SPACE}%"
