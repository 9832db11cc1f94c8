"""The style sheet of the whole application, built from a theme's tokens.

Lists paint their own cells (app/views/widgets/cells.py): a rule for `::item` would slow every frame of a scroll.
"""

from app.views.tokens import BUTTON, FIGURE, HEADING, LINK, RADIUS, SMALL, Theme


def style_sheet(theme: Theme) -> str:
    """The rules for every kind of widget."""
    parts = (_labels, _buttons, _lists, _inputs, _marks, _tabs, _menus, _bars, _shell)  # a later rule wins
    return "\n".join(part(theme) for part in parts)


def _labels(t: Theme) -> str:
    return f"""
QLabel {{ background: transparent; }}
QLabel[role="small"] {{ color: {t.dim}; font-size: {SMALL}px; }}
QLabel[role="dim"] {{ color: {t.dim}; }}
QLabel[role="caption"] {{ color: {t.dim}; font-size: {SMALL}px; font-weight: bold; }}
QLabel[role="strong"] {{ font-weight: bold; }}
QLabel[role="heading"] {{ font-size: {HEADING}px; font-weight: bold; }}
QLabel[role="figure"] {{ font-size: {FIGURE}px; font-weight: bold; }}
QLabel[role="error"] {{ color: {t.accent}; font-size: {SMALL}px; }}
QLabel[role="danger"] {{ color: {t.accent}; }}
QLabel[role="warn"] {{ color: {t.warn}; }}
QFrame[card="true"] {{ background: {t.ground}; border: 1px solid {t.line}; border-radius: 8px; }}
QFrame[hairline="true"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}
"""


def _buttons(t: Theme) -> str:
    return f"""
QPushButton {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line}; border-radius: {RADIUS}px;
    padding: 0 14px; min-height: {BUTTON - 2}px; }}
QPushButton:hover {{ background: {t.ground}; }}
QPushButton:pressed, QPushButton:checked {{ background: {t.sunken}; }}
QPushButton:focus {{ border-color: {t.accent}; }}
QPushButton:disabled {{ color: {t.faint}; background: {t.surface}; }}
QPushButton, QToolButton {{ outline: none; }}
QPushButton[kind="primary"] {{ background: {t.primary}; color: {t.on_accent}; border-color: {t.primary};
    font-weight: bold; }}
QPushButton[kind="primary"]:hover, QPushButton[kind="primary"]:pressed {{ background: {t.primary_hover}; }}
QPushButton[kind="primary"]:focus {{ border: 2px solid {t.ink}; padding: 0 13px; min-height: {BUTTON - 4}px; }}
QPushButton[kind="primary"]:disabled {{ background: {t.sunken}; border-color: {t.sunken}; color: {t.faint}; }}
QPushButton[kind="link"] {{ border: 1px solid transparent; background: transparent; color: {t.info}; padding: 0 4px;
    min-height: {LINK - 2}px; }}
QPushButton[kind="link"]:focus {{ border-color: {t.accent}; }}
QPushButton[kind="link"]:checked {{ color: {t.ink}; font-weight: bold; }}
QPushButton::menu-indicator {{ image: none; width: 0; }}
QToolButton {{ background: transparent; border: 1px solid transparent; border-radius: {RADIUS}px; padding: 4px; }}
QToolButton:hover {{ background: {t.sunken}; }}
QToolButton:focus {{ border-color: {t.accent}; }}
QToolButton::menu-indicator {{ image: none; }}
"""


def _inputs(t: Theme) -> str:
    fields = "QLineEdit, QComboBox, QAbstractSpinBox, QPlainTextEdit, QTextEdit"
    focus = "QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus"
    off = "QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled, QPlainTextEdit:disabled"
    return f"""
{fields} {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line}; border-radius: {RADIUS}px;
    padding: 0 10px; min-height: {BUTTON - 2}px; selection-background-color: {t.primary};
    selection-color: {t.on_accent}; placeholder-text-color: {t.dim}; }}
QAbstractSpinBox {{ min-height: {BUTTON - 5}px; }} /* Qt adds what the line within it would have for a frame */
QComboBox {{ padding-left: 12px; }} /* its words begin where those of a line do */
QPlainTextEdit, QTextEdit {{ padding: 6px 8px; }}
QTextEdit[sentences="true"] {{ background: transparent; border: none; padding: 0; min-height: 0; }}
{focus} {{ border-color: {t.accent}; }}
{off} {{ color: {t.faint}; background: {t.ground}; }}
QLineEdit[wrong="true"], QComboBox[wrong="true"], QAbstractSpinBox[wrong="true"], QPlainTextEdit[wrong="true"]
    {{ border-color: {t.accent}; background: {t.accent_ground}; }}
QLineEdit:read-only, QAbstractSpinBox:read-only {{ background: {t.ground}; }}
QComboBox::drop-down, QDateTimeEdit::drop-down {{ border: none; width: 26px; }}
QComboBox::down-arrow, QDateTimeEdit::down-arrow {{ image: url(style:chevron-down-{t.name}.svg);
    width: 16px; height: 16px; }}
QSpinBox, QDoubleSpinBox {{ qproperty-alignment: 'AlignRight|AlignVCenter'; }}
QAbstractSpinBox QLineEdit {{ border: none; min-height: 0; padding: 0; background: transparent; }}
QComboBox QLineEdit {{ border: none; min-height: 0; padding: 0; background: transparent; }}
QComboBox QAbstractItemView {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line}; outline: none;
    selection-background-color: {t.accent_ground}; selection-color: {t.accent}; padding: 4px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ border: none; background: transparent; width: 22px;
    subcontrol-origin: border; }}
QAbstractSpinBox::up-button {{ subcontrol-position: top right; }}
QAbstractSpinBox::down-button {{ subcontrol-position: bottom right; }}
QAbstractSpinBox::up-arrow {{ image: url(style:chevron-up-{t.name}.svg); width: 14px; height: 14px; }}
QAbstractSpinBox::down-arrow {{ image: url(style:chevron-down-{t.name}.svg); width: 14px; height: 14px; }}
QCalendarWidget QWidget {{ background: {t.surface}; color: {t.ink}; alternate-background-color: {t.ground}; }}
QCalendarWidget QToolButton#qt_calendar_prevmonth {{ qproperty-icon: url(style:chevron-left-{t.name}.svg); }}
QCalendarWidget QToolButton#qt_calendar_nextmonth {{ qproperty-icon: url(style:chevron-right-{t.name}.svg); }}
QCalendarWidget QSpinBox {{ min-height: 22px; }}
QCalendarWidget QAbstractItemView {{ selection-background-color: {t.primary}; selection-color: {t.on_accent}; }}
"""


def _marks(t: Theme) -> str:
    return f"""
QCheckBox, QRadioButton {{ spacing: 8px; background: transparent; }}
QCheckBox::indicator, QRadioButton::indicator, QGroupBox::indicator {{ width: 16px; height: 16px;
    border: 1px solid {t.dim}; border-radius: 4px; background: {t.surface}; }}
QRadioButton::indicator {{ border-radius: 9px; width: 16px; height: 16px; }}
QCheckBox::indicator:checked, QGroupBox::indicator:checked {{ background: {t.primary}; border-color: {t.primary};
    image: url(style:check-{t.name}.svg); }}
QCheckBox::indicator:indeterminate {{ background: {t.primary}; border-color: {t.primary};
    image: url(style:minus-{t.name}.svg); }}
QRadioButton::indicator:checked {{ border: 5px solid {t.primary}; width: 8px; height: 8px; }}
QScrollArea[reads="true"] {{ border: 1px solid transparent; border-radius: 3px; }}
QScrollArea[reads="true"]:focus {{ border-color: {t.accent}; }}
QCheckBox::indicator:focus, QRadioButton::indicator:focus {{ border-color: {t.accent}; }}
QCheckBox:focus {{ outline: 1px solid {t.accent}; outline-radius: 3px; }}
QRadioButton:focus {{ color: {t.accent}; outline: none; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.faint}; }}
QGroupBox {{ border: 1px solid {t.line}; border-radius: {RADIUS}px; margin-top: 10px; padding: 12px; }}
QGroupBox::title {{ subcontrol-origin: margin; left: 10px; padding: 0 4px; color: {t.dim}; }}
QProgressBar {{ background: {t.sunken}; border: none; border-radius: 4px; max-height: 8px; min-height: 8px;
    text-align: center; }}
QProgressBar::chunk {{ background: {t.primary}; border-radius: 4px; }}
QSlider::groove:horizontal {{ background: {t.sunken}; height: 4px; border-radius: 2px; }}
QSlider::handle:horizontal {{ background: {t.primary}; width: 14px; margin: -5px 0; border-radius: 7px; }}
"""


def _lists(t: Theme) -> str:
    return f"""
QAbstractScrollArea {{ background: {t.surface}; border: none; }}
QAbstractScrollArea::corner {{ background: {t.surface}; border: none; }}
QAbstractItemView {{ background: {t.surface}; color: {t.ink}; border: none; outline: none;
    selection-background-color: {t.selected}; selection-color: {t.ink}; }}
QTableView {{ gridline-color: {t.sunken}; }}
QHeaderView {{ background: {t.surface}; border: none; }}
QHeaderView::section {{ background: {t.surface}; color: {t.dim}; font-size: {SMALL}px; font-weight: bold; border: none;
    border-bottom: 1px solid {t.line}; padding: 0 8px; height: 36px; }}
QHeaderView::section:hover {{ color: {t.ink}; }}
QHeaderView::up-arrow {{ image: url(style:chevron-up-{t.name}.svg); width: 14px; height: 14px;
    subcontrol-origin: padding; subcontrol-position: center right; }}
QHeaderView::down-arrow {{ image: url(style:chevron-down-{t.name}.svg); width: 14px; height: 14px;
    subcontrol-origin: padding; subcontrol-position: center right; }}
QTableCornerButton::section {{ background: {t.surface}; border: none; }}
"""


def _tabs(t: Theme) -> str:
    return f"""
QTabBar {{ qproperty-drawBase: 0; }}
QMainWindow > QTabBar {{ background: {t.ground}; }}
QTabBar::tab {{ background: transparent; color: {t.dim}; border: none; border-bottom: 2px solid transparent;
    padding: 0 16px; height: 32px; }}
QTabBar::tab:hover {{ color: {t.ink}; }}
QTabBar::tab:selected {{ color: {t.accent}; border-bottom: 2px solid {t.accent}; font-weight: bold; }}
QTabBar::tab:focus {{ color: {t.accent}; background: {t.accent_ground}; }}
QTabWidget::pane {{ border: none; border-top: 1px solid {t.line}; background: {t.surface}; }}
"""


def _menus(t: Theme) -> str:
    return f"""
QMenu {{ background: {t.surface}; color: {t.ink}; border: 1px solid {t.line}; padding: 4px; menu-scrollable: 1; }}
QMenu::item {{ padding: 7px 28px 7px 12px; border-radius: 4px; }}
QMenu::icon {{ padding-left: 8px; }}
QMenu::item:selected {{ background: {t.accent_ground}; color: {t.accent}; }}
QMenu::item:disabled {{ color: {t.faint}; background: transparent; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: 4px 8px; }}
QMenu::right-arrow {{ image: url(style:chevron-right-{t.name}.svg); width: 14px; height: 14px; }}
QToolTip {{ background: {t.ink}; color: {t.surface}; border: none; padding: 5px 8px; }}
QDialog, QMessageBox, QWizard {{ background: {t.surface}; }}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
"""


def _bars(t: Theme) -> str:
    return f"""
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 4px; margin: 1px; }}
QScrollBar::handle:vertical {{ min-height: 32px; }}
QScrollBar::handle:horizontal {{ min-width: 32px; }}
QScrollBar::handle:hover, QScrollBar::handle:pressed {{ background: {t.faint}; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QStatusBar {{ background: {t.surface}; border-top: 1px solid {t.line}; color: {t.dim}; }}
QStatusBar {{ min-height: 26px; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {t.dim}; font-size: {SMALL}px; }}
QSplitter::handle {{ background: {t.ground}; }}
"""


def _shell(t: Theme) -> str:
    return f"""
QMainWindow {{ background: {t.ground}; }}
QMainWindow::separator {{ background: {t.ground}; width: 6px; height: 6px; }}
QMainWindow::separator:hover {{ background: {t.line}; }}
QWidget#top_bar {{ background: {t.surface}; border-bottom: 1px solid {t.line}; }}
QDockWidget {{ background: {t.surface}; color: {t.ink}; }}
QWidget#panel_frame {{ background: {t.surface}; border: 1px solid {t.line}; border-top: none; }}
QWidget#panel_frame[tabbed="true"] {{ border-top: 1px solid {t.line}; }}
QWidget#title_bar {{ background: {t.surface}; border: 1px solid {t.line}; border-bottom: none; }}
QWidget[surface="true"] {{ background: {t.surface}; }}
QWidget[sidebar="true"] {{ background: {t.surface}; border-right: 1px solid {t.line}; }}
QFrame#strip[kind="danger"] {{ background: {t.accent_ground}; border-radius: {RADIUS}px; }}
QFrame#strip[kind="danger"] QLabel {{ color: {t.accent}; }}
QFrame#strip[kind="warn"] {{ background: {t.warn_ground}; border-radius: {RADIUS}px; }}
QFrame#strip[kind="warn"] QLabel {{ color: {t.warn}; }}
QFrame#strip[kind="ok"] {{ background: {t.ok_ground}; border-radius: {RADIUS}px; }}
QFrame#strip[kind="ok"] QLabel {{ color: {t.ok}; }}
QFrame#strip[kind="info"] {{ background: {t.info_ground}; border-radius: {RADIUS}px; }}
QFrame#strip[kind="info"] QLabel {{ color: {t.info}; }}
"""
