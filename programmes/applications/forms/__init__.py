"""Forms of applicants, referees and staff."""

from programmes.applications.forms.applicant import (
    MessageForm,
    PartForm,
    PersonForm,
    QuestionsForm,
    RefereeAnswerForm,
    RefereeForm,
    WithdrawForm,
)

__all__ = [
    "MessageForm",
    "PartForm",
    "PersonForm",
    "QuestionsForm",
    "RefereeAnswerForm",
    "RefereeForm",
    "WithdrawForm",
]
