"""What teams and speakers are called: by name, or by codes that give nothing away while a court is anonymous."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from moots.bench import ToScore
from moots.models import Appearance, Moot, Team


def names_are_hidden(moot: Moot) -> bool:
    """Whether opponents and judges see codes now: until the first results are released."""
    return moot.is_anonymous and not moot.releases.exists()


def team_name(team: Team, *, hidden: bool) -> str:
    """The name, or the code in its place."""
    return _("Team %(code)s") % {"code": team.code} if hidden else team.name


def appearance_name(appearance: Appearance, *, hidden: bool) -> str:
    """A team and its side."""
    words = {"team": team_name(appearance.team, hidden=hidden), "side": appearance.get_side_display()}
    return _("%(team)s (%(side)s)") % words


@dataclass(frozen=True)
class ToScoreNames:
    """What a memorial or speaker is called for a judge."""

    to_score: ToScore
    hidden: bool = True

    @property
    def label(self) -> str:
        """Team, side and, where somebody spoke, who."""
        one = self.to_score
        where = appearance_name(one.appearance, hidden=self.hidden)
        if one.speaker is None:
            return where
        return _("%(speaker)s, %(team)s") % {"speaker": self.speaker, "team": where}

    @property
    def speaker(self) -> str:
        """The speaker's name, or number."""
        one = self.to_score
        if one.speaker is None:
            return ""
        if self.hidden:
            return _("Speaker %(number)s") % {"number": one.number}
        return one.speaker.enrolment.person.full_name


def download_name(appearance: Appearance, *, hidden: bool) -> str:
    """What a memorial is called when it is saved."""
    team = appearance.team.code if hidden else appearance.team.name
    return f"{team} - {appearance.get_side_display()}.pdf"
