"""Questions answered by choosing, as shown: options, and areas of a picture."""

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _

from assessments import kinds
from assessments.kinds.base import ONE, ZERO, number
from assessments.kinds.choice import weight
from assessments.paper.material import Material, judged
from assessments.rich_words import RichWords


@dataclass(frozen=True)
class OptionShown:
    """One option. `mark` says how it is judged; without one it is not, or not yet."""

    key: str
    text: RichWords
    chosen: bool
    mark: str = ""
    feedback: RichWords | None = None


@dataclass(frozen=True)
class ChoiceShown:
    """Options to choose from."""

    template: ClassVar[str] = "choice"
    options: tuple[OptionShown, ...]
    several: bool

    @property
    def help(self) -> str:
        """What to do, in a sentence."""
        return _("Choose all that apply.") if self.several else _("Choose one.")


def choice(material: Material) -> ChoiceShown:
    """Single, multiple, true or false. True and false stand as they are."""
    content = material.content
    kind = kinds.get(content["kind"])
    options = content["options"]
    if material.shuffles and content["kind"] != "true_false":
        options = material.shuffled(options)
    shown = []
    for option in options:
        chosen = option["key"] in material.response
        shown.append(
            OptionShown(
                key=option["key"],
                text=material.rich(material.text(option["key"])),
                chosen=chosen,
                mark=option_mark(material, option, chosen),
                feedback=material.feedback(option["key"], met=chosen),
            )
        )
    return ChoiceShown(tuple(shown), kind.takes_several(content))


def option_mark(material: Material, option: dict, chosen: bool) -> str:
    """What was chosen is judged; what was not is only ever shown as right, with the right answers."""
    earns = weight(option)
    if material.content.get("settings", {}).get("credit") != "weights" and option.get("correct"):
        earns = ONE
    if chosen:
        return material.mark(earns)
    return judged(earns) if material.sight.right and earns > ZERO else ""


@dataclass(frozen=True)
class Picture:
    """The picture of a question."""

    url: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class AreaShown(OptionShown):
    """One area of a picture, with its place in per cent of it."""

    name: str = ""
    number: int = 0
    x: str = "0"
    y: str = "0"
    width: str = "0"
    height: str = "0"
    centre_x: str = "0"
    centre_y: str = "0"


@dataclass(frozen=True)
class HotspotShown:
    """A picture with its areas, in the order they are read: it says nothing about which are right."""

    template: ClassVar[str] = "hotspot"
    options: tuple[AreaShown, ...]
    several: bool
    picture: Picture | None

    @property
    def help(self) -> str:
        """What to do, in a sentence."""
        return (
            _("Choose all areas that apply, on the picture or by their names.")
            if self.several
            else _("Choose one area, on the picture or by its name.")
        )


PICTURE_SPEC = "max-1200x1200"


def hotspot(material: Material) -> HotspotShown:
    """Areas from the top down and from the left, numbered."""
    content = material.content
    places = sorted(
        content["options"], key=lambda option: (_side(option, "y"), _side(option, "x"), option["key"])
    )
    areas = []
    for place, option in enumerate(places, start=1):
        chosen = option["key"] in material.response
        areas.append(
            AreaShown(
                key=option["key"],
                text=material.rich(""),
                name=material.text(option["key"]),
                number=place,
                chosen=chosen,
                mark=option_mark(material, option, chosen),
                feedback=material.feedback(option["key"], met=chosen),
                **_shape(option),
            )
        )
    return HotspotShown(tuple(areas), kinds.get("hotspot").takes_several(content), _picture(material))


def _side(option, side):
    return number((option.get("shape") or {}).get(side))


def _shape(option):
    x, y, width, height = (_side(option, side) for side in ("x", "y", "width", "height"))
    values = {
        "x": x,
        "y": y,
        "width": width,
        "height": height,
        "centre_x": x + width / 2,
        "centre_y": y + height / 2,
    }
    return {name: f"{value.normalize():f}" for name, value in values.items()}


def _picture(material):
    if material.image is None:
        return None
    shown = material.image.get_rendition(PICTURE_SPEC)
    return Picture(shown.url, shown.width, shown.height, material.words.get("image_alt", ""))
