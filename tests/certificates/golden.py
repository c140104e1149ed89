"""Pictures of difficult names as certificates print them, and how alike two pictures are.

Draw them anew with `python -m tests.certificates.golden`, and look at each before it is kept.
"""

from pathlib import Path

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from certificates.paper.certificate import draw
from tests.certificates.test_paper import certificate

PICTURES = Path(__file__).parent / "golden"
NAMES = {
    "arabic": "عبد الله",
    "arabic-marks": "مُحَمَّد الأمين لأ",
    "persian-joiner": "علی\u200cرضا گلچین",
    "chinese": "王小明",
    "chinese-beyond-bmp": "李𨐈𣲗",
    "polish": "Łukasz Żółć",
    "vietnamese": "Đặng Thị Hương",
    "russian": "Юлия Щербакова",
    "brackets-and-digits": "J. R. O’Neill-Brûlé (2nd) [3]",
    "rare-marks": "Q\u0303uang e\u0331 x\u0302 S\u0323\u0301",
    "combining-marks": "Ag\u0303a E\u0323\u0300bu\u0300n O\u0323\u0301la\u0301 Zoe\u0308",
    "arabic-with-latin": "محمد (Jean 3rd) الأمين",
    "latin-with-arabic": "Anna (آنا) Müller 2",
    "greek-and-latin": "Αθηνά Ng (Ελλάδα)",
}
SCALE = 1.4
# Where the completion certificate prints the name, as shares of the page: left, top, right, bottom.
BAND = (0.12, 0.398, 0.88, 0.521)
BLOCK = 8


def picture(name):
    """The name as it stands on a certificate, cut out to its ink."""
    document = pypdfium2.PdfDocument(draw(certificate(name)))
    page = document[0].render(scale=SCALE).to_pil().convert("L")
    document.close()
    left, top, right, bottom = BAND
    band = page.crop(
        (int(left * page.width), int(top * page.height), int(right * page.width), int(bottom * page.height))
    )
    # What is paler than this is the watermark.
    ink = band.point(lambda grey: 255 if grey > 165 else grey)
    return ink.crop(ImageChops.invert(ink).getbbox())


def unlike(one, other):
    """How unlike two pictures are where they differ most: 0 for the same, up to 255. Slight shifts hardly count."""
    if abs(one.width - other.width) > 4 or abs(one.height - other.height) > 4:
        return 255
    size = (max(one.width, other.width), max(one.height, other.height))
    difference = ImageChops.difference(_soft(one, size), _soft(other, size))
    blocks = difference.resize((-(-size[0] // BLOCK), -(-size[1] // BLOCK)), Image.Resampling.BOX)
    return max(blocks.tobytes())


def _soft(image, size):
    whole = Image.new("L", size, 255)
    whole.paste(image, (0, 0))
    return whole.filter(ImageFilter.GaussianBlur(1.2))


def main():
    """Keep every picture."""
    PICTURES.mkdir(exist_ok=True)
    for key, name in NAMES.items():
        picture(name).quantize(16).save(PICTURES / f"{key}.png", optimize=True)


if __name__ == "__main__":
    main()
