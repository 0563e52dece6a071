"""Paint: the style of the tables in the colours of light or dark."""

from __future__ import annotations

from capmap.ui.parts.look import Look


def sheet_of(look: Look) -> str:
    """The style sheet of the pane."""
    return f"""
#tables {{ background: {look.panel}; }}
#tables QTableView {{ border: none; background: {look.panel}; }}
#tables QTableView::item:selected {{ background: {look.wash}; color: {look.ink}; }}
#tables QHeaderView {{ background: {look.panel}; border: none; }}
#tables QHeaderView::section {{
  background: {look.panel}; color: {look.quiet}; border: none; border-right: 1px solid {look.line};
  border-bottom: 1px solid {look.edge}; border-top: 1px solid {look.line}; padding: 4px 8px; font-size: 12px;
}}
#tables QHeaderView::section:hover {{ background: {look.hover}; }}
#tables QHeaderView::section:vertical {{ padding: 0 6px; border-top: none; border-bottom: 1px solid {look.line}; }}
#tables QTableCornerButton::section {{
  background: {look.panel}; border: none; border-right: 1px solid {look.line}; border-top: 1px solid {look.line};
  border-bottom: 1px solid {look.edge};
}}
#tables QTabBar {{ background: transparent; }}
#tables QTabBar::tab {{
  background: transparent; color: {look.quiet}; border: none; border-bottom: 2px solid transparent;
  padding: 6px 7px 5px 7px;
}}
#tables QTabBar::tab:hover {{ color: {look.ink}; }}
#tables QTabBar::tab:selected {{ color: {look.ink}; font-weight: 600; border-bottom: 2px solid {look.chosen}; }}
#tables QTabBar::tab:focus {{ color: {look.chosen_text}; }}
#tables QTabBar QToolButton {{ background: {look.panel}; border: none; border-radius: 4px; }}
#tables QTabBar QToolButton:hover {{ background: {look.control}; }}
#tables QAbstractScrollArea::corner {{ background: {look.panel}; border: none; }}
#tables QLineEdit {{ padding: 3px 7px; }}
#tables QLineEdit:focus {{ padding: 2px 6px; }}
"""
