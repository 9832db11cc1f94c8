"""People's files: posts, training, awards, assessments, promotions, actings in one line of time (rule D5)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from app.errors import AppError, NotFoundError, PermissionDeniedError
from app.i18n import set_language
from app.models.people import Post
from app.models.staff import NoteKind, StruckError
from app.services.access import NotAllowedError
from app.services.files import keep_file
from app.services.reasons import ReasonNeededError
from app.services.staff.files import DayToComeError, NoteDraft, OwnFileError, list_files, note_on_file, strike_note
from app.services.staff.timeline import FileEntry, person_file
from app.services.staff.wording import HeadingError, LongTextError
from app.services.verify import verify
from tests.services.orders.making import Crew
from tests.services.staff.making import TODAY, let_act, move, picture

TRAINING = NoteDraft(NoteKind.TRAINING, date(2026, 11, 20), "平台规则培训", "满分")


def told(crew: Crew, person: int) -> list[tuple[date, NoteKind, str, str]]:
    return [(one.day, one.kind, one.title, one.text) for one in person_file(crew.manager, person).entries]


def entry(crew: Crew, person: int, number: int) -> FileEntry:
    return next(one for one in person_file(crew.manager, person).entries if one.note == number)


def test_a_file_is_one_line_of_time_the_newest_first(any_crew: Crew) -> None:
    crew, person = any_crew, any_crew.clerk.person
    crew.clock.advance(days=1)
    move(crew, person, [Post.SERVICE, Post.LEAD], reason="升任主管")
    let_act(crew, person, Post.FINANCE, "2026-11-25", "2026-11-30")
    crew.clock.advance(days=5)
    note_on_file(crew.manager, person, TRAINING)
    note_on_file(crew.director, person, NoteDraft(NoteKind.AWARD, date(2026, 11, 28), "双十一标兵"))
    assert told(crew, person) == [
        (date(2026, 11, 28), NoteKind.AWARD, "双十一标兵", ""),
        (date(2026, 11, 25), NoteKind.POST, "acts as Finance until 2026-11-30", ""),
        (date(2026, 11, 24), NoteKind.POST, "Customer service → Customer service, Service lead", "升任主管"),
        (date(2026, 11, 23), NoteKind.JOINED, "Customer service", "Back office (enters what the post may)"),
        (date(2026, 11, 20), NoteKind.TRAINING, "平台规则培训", "满分"),
    ]
    by = [one.by for one in person_file(crew.manager, person).entries]
    assert by == ["郑总", "刘总监", "掌柜", "掌柜", "刘总监"]
    assert verify(crew.program).ok


def test_leaving_and_coming_back_are_told_and_what_stayed_is_not(crew: Crew) -> None:
    person = crew.clerk.person
    move(crew, person, [Post.SERVICE], active=False, reason="离职")
    move(crew, person, [Post.PLANNER], reason="返聘")
    move(crew, person, [Post.PLANNER], reason="原样")
    assert [(title, why) for _day, _kind, title, why in told(crew, person)[:-1]] == [
        ("Customer service → Planner; is here again", "返聘"),
        ("left the office", "离职"),
    ]


def test_ones_own_file_and_others(crew: Crew) -> None:
    note_on_file(crew.manager, crew.clerk.person, TRAINING)
    assert [one.title for one in person_file(crew.clerk, crew.clerk.person).entries][-1] == "平台规则培训"
    for other in (crew.clerk, crew.lead, crew.planner):
        with pytest.raises(NotAllowedError):
            person_file(other, crew.manager.person)
        assert [one.id for one in list_files(other)] == [other.person]
    assert len(list_files(crew.manager)) == 9
    with pytest.raises(NotFoundError):
        person_file(crew.manager, 999_999)


@pytest.mark.parametrize("role", ["clerk", "lead", "planner", "packer"])
def test_who_keeps_files(crew: Crew, role: str) -> None:
    ctx = getattr(crew, role)
    with pytest.raises(PermissionDeniedError):
        note_on_file(ctx, crew.colleague.person, TRAINING)
    number = note_on_file(crew.manager, crew.colleague.person, TRAINING)
    with pytest.raises(PermissionDeniedError):
        strike_note(ctx, number, "x")
    assert not any(one.keeps for one in list_files(ctx))


def test_nobody_keeps_their_own_file(crew: Crew) -> None:
    with pytest.raises(OwnFileError):
        note_on_file(crew.manager, crew.manager.person, TRAINING)
    number = note_on_file(crew.director, crew.manager.person, NoteDraft(NoteKind.PENALTY, TODAY, "迟到"))
    with pytest.raises(OwnFileError):
        strike_note(crew.manager, number, "没有的事")
    assert {one.id for one in list_files(crew.manager) if not one.keeps} == {crew.manager.person}


def test_what_was_noted_by_mistake_is_struck_and_stays_on_record(any_crew: Crew) -> None:
    crew, person = any_crew, any_crew.clerk.person
    number = note_on_file(crew.manager, person, TRAINING)
    with pytest.raises(ReasonNeededError):
        strike_note(crew.manager, number, " ")
    strike_note(crew.manager, number, "记错人了")
    assert [one.note for one in person_file(crew.manager, person).entries] == [None]
    [struck] = [one for one in person_file(crew.manager, person, struck=True).entries if one.note]
    assert (struck.note, struck.struck) == (number, "记错人了")
    assert [one.note for one in person_file(crew.clerk, person, struck=True).entries] == [None]
    with pytest.raises(StruckError):
        strike_note(crew.manager, number, "再划")
    assert verify(crew.program).ok


@pytest.mark.parametrize(
    ("draft", "error"),
    [
        (NoteDraft(NoteKind.AWARD, TODAY, " "), HeadingError),
        (NoteDraft(NoteKind.AWARD, TODAY, "x", "长" * 10_001), LongTextError),
        (NoteDraft(NoteKind.AWARD, TODAY + timedelta(days=1), "x"), DayToComeError),
        (NoteDraft(NoteKind.AWARD, TODAY, "x", "", ("0" * 64,)), NotFoundError),
    ],
)
def test_nonsense_is_refused(crew: Crew, draft: NoteDraft, error: type[AppError]) -> None:
    with pytest.raises(error):
        note_on_file(crew.manager, crew.clerk.person, draft)
    with pytest.raises(NotFoundError):
        note_on_file(crew.manager, 999_999, TRAINING)
    assert all(one.notes == 0 for one in list_files(crew.manager))


def test_certificates_are_attached(crew: Crew, tmp_path: Path) -> None:
    digest = keep_file(crew.manager, picture(tmp_path))
    draft = NoteDraft(NoteKind.TRAINING, TODAY, "食品安全员证", "", (digest,))
    number = note_on_file(crew.manager, crew.clerk.person, draft)
    assert entry(crew, crew.clerk.person, number).attachments == (digest,)


def test_the_list_says_since_when_and_how_much(any_crew: Crew) -> None:
    crew = any_crew
    note_on_file(crew.manager, crew.clerk.person, TRAINING)
    note_on_file(crew.manager, crew.clerk.person, NoteDraft(NoteKind.JOINED, date(2019, 3, 1), "入职"))
    struck = note_on_file(crew.manager, crew.clerk.person, NoteDraft(NoteKind.AWARD, TODAY, "x"))
    strike_note(crew.manager, struck, "误记")
    move(crew, crew.colleague.person, [Post.SERVICE], active=False)
    rows = list_files(crew.manager)
    assert (rows[-1].name, rows[-1].active) == ("李娜", False)
    mine = next(one for one in rows if one.id == crew.clerk.person)
    assert (mine.joined, mine.notes, mine.last_day) == (date(2019, 3, 1), 2, date(2026, 11, 20))
    other = next(one for one in rows if one.id == crew.lead.person)
    assert (other.joined, other.notes, other.last_day) == (TODAY, 0, None)


def test_posts_are_told_as_they_are_held_the_main_one_first(crew: Crew) -> None:
    move(crew, crew.colleague.person, [Post.MANAGER, Post.IT])
    row = next(one for one in list_files(crew.manager) if one.id == crew.colleague.person)
    assert row.posts == (Post.MANAGER, Post.IT)
    assert "Department manager, IT" in told(crew, crew.colleague.person)[0][2]


def test_the_file_speaks_chinese(crew: Crew) -> None:
    set_language("zh_CN")
    assert told(crew, crew.clerk.person)[0][2] == "客服"


def test_a_note_changed_behind_the_programs_back_is_found(any_crew: Crew) -> None:
    crew = any_crew
    number = note_on_file(crew.manager, crew.clerk.person, TRAINING)
    with crew.db.engine.begin() as conn:
        conn.execute(text("UPDATE file_notes SET kind = 'award' WHERE id = :id"), {"id": number})
    verdict = verify(crew.program)
    assert (verdict.ok, verdict.first_bad, verdict.code) == (False, number, "file_notes")
