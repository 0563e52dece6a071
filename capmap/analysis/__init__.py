"""Questions about a map. A new one is one module and one line in QUESTIONS."""

from capmap.analysis.answer import Answer, Column, Question, Row, answer_as_csv, answer_as_text
from capmap.analysis.cost import cost
from capmap.analysis.costsplits import SPLITS
from capmap.analysis.coverage import coverage
from capmap.analysis.impact import impact
from capmap.analysis.overlap import overlap
from capmap.analysis.timeline import timeline
from capmap.analysis.touches import KINDS as TOUCHED
from capmap.analysis.touches import touches
from capmap.analysis.why import why

QUESTIONS = {
    question.name: question
    for question in (
        Question(
            "impact",
            "What stops or degrades if this stops?",
            "SERVICE, PROVIDER or UNIT",
            impact,
            title="Switch it off",
            kinds=("service", "provider", "unit"),
        ),
        Question(
            "touches",
            "What does this project touch, directly and one step further?",
            "PROJECT",
            touches,
            title="What it touches",
            kinds=TOUCHED,
        ),
        Question(
            "cost",
            "What does it cost to run and to change?",
            "[capability|area|unit|provider|driver|CAPABILITY] [YEAR]",
            cost,
            title="What it costs",
            kinds=("capability",),
            choices=tuple(SPLITS),
        ),
        Question(
            "coverage",
            "What hangs on nothing: no service, no owner, no project, no use?",
            "",
            coverage,
            title="What hangs on nothing",
        ),
        Question(
            "overlap",
            "What is done twice, and what money is at stake?",
            "[services|capabilities|units]",
            overlap,
            title="What is done twice",
            choices=("services", "capabilities", "units"),
        ),
        Question(
            "timeline",
            "What is live on a day, what changes between two?",
            "[DAY|MONTH|YEAR|DAY..DAY]",
            timeline,
            title="What changes when",
        ),
        Question(
            "why",
            "Why does this capability have its colour?",
            "CAPABILITY",
            why,
            title="Why this colour",
            kinds=("capability",),
        ),
    )
}
"""Every question by its name."""

__all__ = ["QUESTIONS", "Answer", "Column", "Question", "Row", "answer_as_csv", "answer_as_text"]
