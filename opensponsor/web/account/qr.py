"""QR codes as drawings within the page: the content policy allows no images from elsewhere, and none in an
address."""

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from qrcode.main import QRCode

from opensponsor.web.components.markup import element


def qr_code(text: str) -> SafeString:
    """The text as a square of black on white, whatever the colours of the page."""
    code = QRCode(border=4)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    side = len(rows)
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return element(
        "svg",
        element("rect", width=side, height=side, fill="#ffffff"),
        element("path", d=dark, fill="#000000"),
        viewBox=f"0 0 {side} {side}",
        width=240,
        height=240,
        role="img",
        aria_label=_("QR code for the authenticator app"),
    )
