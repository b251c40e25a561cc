"""What was measured, for people: plain text, Markdown, and self-contained HTML with drawings.

The objects that ``verify`` returns render themselves with these functions (``report``, ``to_markdown``, ``to_html``).
"""

from __future__ import annotations

from .html import html_document, html_fragment, ranking_html
from .markdown import markdown_report, ranking_markdown
from .text import composition_report, ranking_report, report

__all__ = [
    "composition_report",
    "html_document",
    "html_fragment",
    "markdown_report",
    "ranking_html",
    "ranking_markdown",
    "ranking_report",
    "report",
]


def __dir__() -> list[str]:
    return __all__
