"""The questions a case can be parked with, and who answers each."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from doorstep.core.text import Message, say


class Answerer(StrEnum):
    """Who is asked; the desks are those of the case's own area."""

    REPORTER = "reporter"
    COMMUNITY = "community"
    SUBDISTRICT = "subdistrict"
    COUNTY = "county"


class Question(StrEnum):
    """Each stops one step; answering it runs that same step by hand."""

    WHERE = "where"
    WHICH_CLASS = "which-class"
    WHICH_UNIT = "which-unit"
    OBJECTION = "objection"
    OBJECTION_COMMUNITY = "objection-community"
    OBJECTION_COUNTY = "objection-county"
    ARBITRATE = "arbitrate"
    ARBITRATE_SUBDISTRICT = "arbitrate-subdistrict"
    IS_IT_DONE = "is-it-done"
    TELL_US_MORE = "tell-us-more"
    RULE_FAILED = "rule-failed"
    RAISED = "raised"
    NEIGHBOUR_OBJECTS = "neighbour-objects"
    DID_IT_HOLD = "did-it-hold"
    UNREASONABLE = "unreasonable"
    UNREASONABLE_AGAIN = "unreasonable-again"
    COMPLAINT = "complaint"
    REPORTER_WROTE = "reporter-wrote"
    MORE_TIME = "more-time"
    MORE_TIME_SUBDISTRICT = "more-time-subdistrict"
    MORE_TIME_COUNTY = "more-time-county"

    @property
    def message(self) -> Message:
        return say(f"cases-question-{self}")

    @property
    def answered_by(self) -> Answerer:
        return ANSWERED_BY[self]

    @property
    def stops(self) -> str:
        """The move that waits for the answer; empty when whichever move failed is tried again."""
        return STOPS[self]


ANSWERED_BY: Final = {
    Question.WHERE: Answerer.COMMUNITY,
    Question.WHICH_CLASS: Answerer.COMMUNITY,
    Question.WHICH_UNIT: Answerer.SUBDISTRICT,
    # An objection is reviewed by the desk that sent the case; the second by the level above, whose word stands.
    Question.OBJECTION: Answerer.SUBDISTRICT,
    Question.OBJECTION_COMMUNITY: Answerer.COMMUNITY,
    Question.OBJECTION_COUNTY: Answerer.COUNTY,
    Question.ARBITRATE: Answerer.COUNTY,
    Question.ARBITRATE_SUBDISTRICT: Answerer.SUBDISTRICT,
    Question.IS_IT_DONE: Answerer.COMMUNITY,
    Question.TELL_US_MORE: Answerer.REPORTER,
    Question.RULE_FAILED: Answerer.COMMUNITY,
    Question.RAISED: Answerer.COUNTY,
    Question.NEIGHBOUR_OBJECTS: Answerer.COMMUNITY,
    Question.DID_IT_HOLD: Answerer.REPORTER,
    # Two others look at what a desk calls unreasonable: one near, one above.
    Question.UNREASONABLE: Answerer.SUBDISTRICT,
    Question.UNREASONABLE_AGAIN: Answerer.COUNTY,
    # Whom it is about is not asked who should look into it.
    Question.COMPLAINT: Answerer.COUNTY,
    Question.REPORTER_WROTE: Answerer.COMMUNITY,
    Question.MORE_TIME: Answerer.COMMUNITY,
    Question.MORE_TIME_SUBDISTRICT: Answerer.SUBDISTRICT,
    Question.MORE_TIME_COUNTY: Answerer.COUNTY,
}

STOPS: Final = {
    Question.WHERE: "locate",
    Question.WHICH_CLASS: "classify",
    Question.WHICH_UNIT: "dispatch",
    Question.OBJECTION: "dispatch",
    Question.OBJECTION_COMMUNITY: "dispatch",
    Question.OBJECTION_COUNTY: "dispatch",
    Question.ARBITRATE: "dispatch",
    Question.ARBITRATE_SUBDISTRICT: "dispatch",
    Question.IS_IT_DONE: "verify",
    Question.TELL_US_MORE: "",
    Question.RULE_FAILED: "",
    Question.RAISED: "dispatch",
    # Opening it again, or saying why it stays closed: the desk chooses.
    Question.NEIGHBOUR_OBJECTS: "reopen",
    Question.DID_IT_HOLD: "",
    Question.UNREASONABLE: "",
    Question.UNREASONABLE_AGAIN: "",
    Question.COMPLAINT: "dispatch",
    Question.REPORTER_WROTE: "reopen",
    Question.MORE_TIME: "extend",
    Question.MORE_TIME_SUBDISTRICT: "extend",
    Question.MORE_TIME_COUNTY: "extend",
}
