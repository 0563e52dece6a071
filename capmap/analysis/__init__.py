"""Questions about a map. A new one is one module and one line in QUESTIONS."""

from capmap.analysis.answer import Question, answer_as_csv
from capmap.analysis.coverage import coverage

QUESTIONS = {
    question.name: question
    for question in (
        Question(
            "coverage",
            "What hangs on nothing: capabilities without service, owner or project, unused services?",
            coverage,
        ),
    )
}

__all__ = ["QUESTIONS", "Question", "answer_as_csv"]
