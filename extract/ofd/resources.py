"""What the objects of an OFD page refer to: fonts, colour spaces, drawing parameters, pictures and drawn units."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field

from extract.files.refusals import UnreadableError
from extract.ofd.limits import OFD_LIMITS
from extract.ofd.parts import OfdParts, child, child_elements, child_text, local_name, text_to_numbers
from extract.office.package import Element
from extract.pdf.drawing.nouns import Rgb

_BLACK: Rgb = (0.0, 0.0, 0.0)
_FULL_LEVEL = 255.0
"""A colour's channels and opacities run from 0 to this where nothing else is said."""


@dataclass(frozen=True, slots=True, eq=False)
class OfdFont:
    """A font of the file; its glyphs are never looked at, only whether they are in the file."""

    embedded: bool = False

    def is_vertical(self) -> bool:
        """OFD says of each text, and not of a font, in which direction it runs."""
        return False

    def is_multibyte(self) -> bool:
        """Codes of OFD are characters: which fonts a viewer has instead of one is not known."""
        return True


@dataclass(frozen=True, slots=True)
class ColourSpace:
    """How many channels a colour has (`GRAY`, `RGB`, `CMYK`), the largest level of one, and its numbered colours."""

    kind: str = "RGB"
    most: float = _FULL_LEVEL
    palette: tuple[str, ...] = ()


@dataclass(slots=True)
class Resources:
    """The resources of a document and of its pages by their identifiers."""

    fonts: dict[str, OfdFont] = field(default_factory=dict)
    spaces: dict[str, ColourSpace] = field(default_factory=dict)
    params: dict[str, Element] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    units: dict[str, Element] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)

    def add(self, parts: OfdParts, key: str) -> None:
        """Adds what the resource part `key` lists; a broken part is noted in `broken`."""
        try:
            root = parts.root(key)
        except UnreadableError:
            self.broken.append(key)
            return
        folder = posixpath.dirname(key)
        base = posixpath.join(folder, root.get("BaseLoc", "").replace("\\", "/").strip("/"))
        for group in child_elements(root):
            for one in child_elements(group):
                self._add_one(one, one.get("ID", ""), parts, base)

    def _add_one(self, one: Element, number: str, parts: OfdParts, base: str) -> None:
        match local_name(one):
            case "Font":
                self.fonts[number] = OfdFont(bool(child_text(one, "FontFile")))
            case "ColorSpace":
                self.spaces[number] = _colour_space(one)
            case "DrawParam":
                self.params[number] = one
            case "MultiMedia":
                place = parts.find(child_text(one, "MediaFile"), base)
                if place is not None:
                    self.pictures[number] = place
            case "CompositeGraphicUnit" | "CompositeGraphUnit":
                self.units[number] = one

    def chain(self, number: str | None) -> Iterator[Element]:
        """A drawing parameter and the ones that it builds on, the nearest first."""
        for _ in range(OFD_LIMITS.block_depth):
            found = self.params.get(number or "")
            if found is None:
                return
            yield found
            number = found.get("Relative")

    def colour(self, element: Element | None) -> tuple[Rgb | None, float]:
        """The colour that an element names, and how opaque it is (0 to 1); `None` for a pattern or a shading."""
        if element is None:
            return _BLACK, 1.0
        alpha = opacity(element)
        if any(local_name(one) in ("Pattern", "AxialShd", "RadialShd") for one in child_elements(element)):
            return None, alpha
        space = self.spaces.get(element.get("ColorSpace", ""), ColourSpace())
        value = element.get("Value")
        if (
            value is None
            and element.get("Index", "").isdigit()
            and int(element.get("Index", "")) < len(space.palette)
        ):
            value = space.palette[int(element.get("Index", ""))]
        if value is None:
            return _BLACK, alpha
        return _mixed(_levels(value), space), alpha


def opacity(element: Element) -> float:
    """An element's Alpha, from 0 to 1."""
    numbers = text_to_numbers(element.get("Alpha"))
    return min(1.0, max(0.0, numbers[0] / _FULL_LEVEL)) if numbers else 1.0


def _colour_space(element: Element) -> ColourSpace:
    bits = text_to_numbers(element.get("BitsPerComponent"))
    most = 2.0 ** bits[0] - 1 if bits and 1 <= bits[0] <= 16 else _FULL_LEVEL
    palette = tuple((one.text or "") for one in child_elements(child(element, "Palette"), "CV"))
    return ColourSpace(element.get("Type", "RGB").upper(), most, palette)


def _levels(value: str) -> list[float]:
    """The levels of a colour, written as decimal numbers or as `#FF` ones."""
    if "#" not in value:
        return text_to_numbers(value)
    words = value.replace("#", " ").split()
    return [float(int(word, 16)) for word in words if all(c in "0123456789abcdefABCDEF" for c in word)]


def _mixed(levels: list[float], space: ColourSpace) -> Rgb | None:
    shares = [min(1.0, max(0.0, level / space.most)) for level in levels]
    if len(shares) == 1:
        return (shares[0], shares[0], shares[0])
    if len(shares) == 4:
        cyan, magenta, yellow, black = shares
        return (max(0.0, 1 - cyan - black), max(0.0, 1 - magenta - black), max(0.0, 1 - yellow - black))
    return (shares[0], shares[1], shares[2]) if len(shares) == 3 else None
