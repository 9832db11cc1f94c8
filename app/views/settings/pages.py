"""The office's pages: which settings stand on which, and what is said about them."""

from datetime import date

from app import config
from app.i18n import _
from app.services.settings.words import setting_word
from app.views.settings.fields import AmountsField, FolderField, PostsField
from app.views.settings.hours_field import HoursField
from app.views.settings.page import Field, Page
from app.views.settings.rules_field import RulesField


def office_pages(today: date) -> dict[str, Page]:
    """The pages by their keys, in the order of the list; `today` is the office's day."""
    return {
        "office": _office(),
        "hours": _hours(today),
        "clock": _clock(),
        "checks": _checks(),
        "authority": _authority(),
        "approvals": _approvals(),
        "record": _record(),
    }


def _office() -> Page:
    page = Page(_("Office"), _("How the office calls itself on its papers and at the sign-in."))
    page.add_line("name")
    return page


def _hours(today: date) -> Page:
    about = _("When customers are served. The clock of an order stands still outside these hours.")
    page = Page(_("Service hours"), about)
    field = HoursField(today)
    hint = _("Several spans a day with a comma between: 8:30-12:00, 13:30-21:00. An empty line is a closed day.")
    page.add("service_calendar", field, field.changed, Field(field.value, field.show_value), hint)
    return page


def _clock() -> Page:
    about = _("Service minutes from an order's acceptance until its customer must have been contacted.")
    page = Page(_("Contact clock"), about)
    page.add_number("remind_minutes")
    page.add_number("lead_minutes")
    page.add_number("contact_minutes", _("After that the order is late, and its contact asks for the reason."))
    return page


def _checks() -> Page:
    page = Page(_("Checks"), _("What the system looks for in an order before a person does. It applies to new orders."))
    page.add_number("unusual_quantity")
    page.add_number("doubled_minutes", _("Same customer and same goods within this time are pointed out."))
    return page


def _authority() -> Page:
    page = Page(_("Authority"), _("What a post may decide by itself; above it somebody with more authority decides."))
    amounts, posts = AmountsField(), PostsField()
    hint = _("All concessions on an order count together, in the order's currency.")
    page.add("concession_authority", amounts, amounts.changed, Field(amounts.value, amounts.show_value), hint)
    hint = _("Always a second person: never who has had a hand in the order.")
    page.add("release_posts", posts, posts.changed, Field(posts.value, posts.show_value), hint)
    return page


def _approvals() -> Page:
    about = _("Who must agree to which proposal, in which order. A post above the one asked may decide in its place.")
    page = Page(_("Approvals"), about)
    rules = RulesField()
    hint = _("It applies to what is proposed from now on; amounts are in the proposal's own currency.")
    page.add("approval_rules", rules, rules.changed, Field(rules.value, rules.show_value), hint)
    return page


def _record() -> Page:
    about = _("Each day is sealed, backed up and written as a paper. Days that the computer was off are made up for.")
    page = Page(_("Record and backup"), about)
    page.add_time("record_time")
    folder = FolderField(setting_word("backup_folder"), str(config.records_folder()))
    hint = _("Empty: the program's own folder on the computer that makes the record. It must be reachable there.")
    page.add("backup_folder", folder, folder.changed, Field(folder.value, folder.line.setText), hint)
    page.add_number("keep_days")
    page.add_number("keep_weeks", _("And then one a month for good."))
    return page
