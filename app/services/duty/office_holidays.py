"""The holidays that the office goes by: those the program came with, and newer years from files it was given."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from app.services.access import Context, Permission, requires
from app.services.duty.holiday_file import read_holidays, shipped_years, year_of
from app.services.duty.holidays import Holidays, HolidayYear
from app.services.office import change_settings, office_settings
from app.services.settings.values import Settings


def holidays_of(chosen: Settings) -> Holidays:
    """The office's holidays; a year that it was given goes before the one that came with the program."""
    own = [year_of(year) for year in chosen.holiday_years.values()]
    named = {one.year for one in own}
    return Holidays([*(one for one in shipped_years() if one.year not in named), *own])


@requires(Permission.OFFICE_SET)
def take_holidays(ctx: Context, path: Path) -> HolidayYear:
    """Read a year from a file and go by it from now on; raises HolidayFileError."""
    year = read_holidays(path)
    seen = office_settings(ctx)
    years = {**seen.holiday_years, str(year.year): year_out(year)}
    change_settings(ctx, replace(seen, holiday_years=years), seen)
    return year


def year_out(year: HolidayYear) -> dict[str, Any]:
    """A year as the setting keeps it, and as files of others say it."""
    days = [{"date": one.day.isoformat(), "name": one.name, "isOffDay": one.off} for one in year.days]
    return {"year": year.year, "days": days}
