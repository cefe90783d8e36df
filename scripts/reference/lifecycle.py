"""The moves of a case, as a diagram and a table, from `cases/rules/lifecycle.py`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from doorstep.cases.rules.lifecycle import ENDED, TABLE, By, Rule, State
from doorstep.cases.rules.questions import Question
from doorstep.core.text import text
from reference._tables import code, table

LANGUAGES = ("en", "zh")

TITLE = {"en": "# The life of a case", "zh": "# 诉求的一生"}
LEAD = {
    "en": "Every move of a case, from where, to where and who may. The permissions, the buttons and the database's\n"
    "own copy come from the same table, `src/doorstep/cases/rules/lifecycle.py`.\n"
    "A state is the last step that finished.",
    "zh": "诉求的每个动作：从哪里，到哪里，谁可以做。权限、按钮和数据库里的那一份都来自同一张表\n"
    "`src/doorstep/cases/rules/lifecycle.py`。所处状态就是最后完成的那一步。",
}
# A move that is possible from so many states is told under the diagram: its arrows would hide the others.
FROM_NEARLY_EVERYWHERE = 4
LEFT_OUT = {
    "en": "Left out of the diagram, since they are possible from nearly everywhere (see the table): {moves}.",
    "zh": "图中略去几乎随时都可以做的动作（见下表）：{moves}。",
}
STAYS = {"en": "stays", "zh": "不变"}
COLUMNS = {
    "en": ("move", "from", "to", "who may", "must say why"),
    "zh": ("动作", "从", "到", "谁可以", "须说明理由"),
}
QUESTIONS = {"en": "## Questions that park a case", "zh": "## 需要人回答的问题"}
QUESTION_LEAD = {
    "en": "A step finishes, or parks the case with one named question; answering it runs the same step by hand.",
    "zh": "一步要么完成，要么停下来提一个问题；回答之后，同一步由人完成。",
}
QUESTION_COLUMNS = {
    "en": ("question", "what is asked", "who answers", "the step that waits"),
    "zh": ("问题", "问什么", "谁回答", "等待的一步"),
}
WHICHEVER = {"en": "whichever failed", "zh": "没有走成的那一步"}


def page(lang: str) -> str:
    """The whole page in one language."""
    columns = COLUMNS[lang]
    return "\n".join(
        [
            TITLE[lang], "", LEAD[lang], "", _diagram(lang), "", _left_out(lang), "",
            table(columns, [_row(rule, lang) for rule in TABLE]),
            QUESTIONS[lang], "", QUESTION_LEAD[lang], "", table(QUESTION_COLUMNS[lang], _questions(lang)),
        ]
    )  # fmt: skip


def _diagram(lang: str) -> str:
    """What changes the state, as a Mermaid state diagram; moves between the same two states share an arrow."""
    arrows: dict[tuple[State, State], list[str]] = defaultdict(list)
    for rule in _drawn(TABLE):
        for origin in sorted(rule.origins, key=list(State).index):
            if rule.to is not None and rule.to is not origin:
                arrows[origin, rule.to].append(text(f"cases-move-{rule.move}", lang))
    shown = {state for arrow in arrows for state in arrow} - {State.NEW}
    lines = ["```mermaid", "stateDiagram-v2"]
    lines += [f'    state "{text(f"cases-state-{state}", lang)}" as {state}' for state in State if state in shown]
    for (origin, to), moves in sorted(arrows.items(), key=lambda arrow: _place(*arrow[0])):
        start = "[*]" if origin is State.NEW else origin
        lines.append(f"    {start} --> {to}: {' / '.join(dict.fromkeys(moves))}")
    lines += [f"    {state} --> [*]" for state in State if state in ENDED & shown]
    return "\n".join([*lines, "```"])


def _drawn(rules: Iterable[Rule]) -> list[Rule]:
    return [rule for rule in rules if len(rule.origins) < FROM_NEARLY_EVERYWHERE]


def _left_out(lang: str) -> str:
    wide = [rule.move for rule in TABLE if rule not in _drawn(TABLE) and rule.to is not None]
    names = (", " if lang == "en" else "、").join(text(f"cases-move-{move}", lang) for move in wide)
    return LEFT_OUT[lang].format(moves=names)


def _place(origin: State, to: State) -> tuple[int, int]:
    order = list(State)
    return order.index(origin), order.index(to)


def _row(rule: Rule, lang: str) -> tuple[str, str, str, str, str]:
    return (
        f"{text(f'cases-move-{rule.move}', lang)} (`{rule.move}`)",
        code(state for state in State if state in rule.origins),
        STAYS[lang] if rule.to is None else f"`{rule.to}`",
        ", ".join(text(f"cases-hat-{by}", lang) for by in By if by in rule.by),
        "✓" if rule.text_required else "",
    )


def _questions(lang: str) -> list[tuple[str, str, str, str]]:
    who = {"reporter": "cases-hat-reporter"}
    return [
        (
            f"`{question}`",
            text(question.message, lang),
            text(who.get(question.answered_by, f"command-level-{question.answered_by}"), lang),
            f"`{question.stops}`" if question.stops else WHICHEVER[lang],
        )
        for question in Question
    ]
