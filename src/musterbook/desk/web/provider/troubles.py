"""What can go wrong between the desk, a browser and a provider: each has a name, a status, and words with a cure."""

from __future__ import annotations

from musterbook.safe import on_one_line

TROUBLES = {  # code: status, what the page says; {name} is the provider, {detail} what is safe to show
    "no-journey": (
        400,
        "This sign-in was not begun in this browser, was begun too long ago, or is over already. Begin it again.",
    ),
    "denied": (403, "{name} says that you, or your organisation, did not agree to sign in here."),
    "refused": (502, "{name} did not take the request of this desk. Its keeper finds the reason in the log."),
    "unreachable": (503, "{name} cannot be reached at the moment. Try again in a few minutes."),
    "too-slow": (503, "{name} takes too long to answer. Try again in a few minutes."),
    "busy": (503, "Many people are signing in. Try again in a moment."),
    "odd-answer": (502, "{name} gave an answer that this desk does not understand."),
    "odd-card": (502, "What {name} tells of itself does not fit the settings of this desk."),
    "clock": (502, "The clocks of {name} and of this desk differ, or the answer was too old. Begin again."),
    "unproven": (502, "What {name} says about you could not be proven, so nobody was signed in."),
    "no-claim": (403, "{name} does not tell this desk who you are ({detail}). Its keeper can change that."),
    "unverified": (
        403,
        "{name} has not verified your e-mail address. Have it verified there, and begin again.",
    ),
    "unknown": (403, "Nobody at this desk is known as {detail}. Ask an admin to invite you by that address."),
    "other-account": (
        403,
        "Another account of {name} signed in here with that address. An admin can set the address anew.",
    ),
    "no-role": (403, "You have no role in this book any more. Ask an admin."),
}
OURS = 500  # from this status on the keeper is to look at the log
MOST = 200  # signs of a detail


class Trouble(Exception):  # noqa: N818 -- an outcome, turned into a page before it leaves the desk
    """Nobody was signed in; ``code`` is one of TROUBLES, ``detail`` is for the log and holds no secret."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code)
        self.code, self.detail = code, on_one_line(detail)[:MOST]

    @property
    def status(self) -> int:
        """The status of the page."""
        return TROUBLES[self.code][0]

    def words(self, name: str) -> str:
        """What the page says."""
        return TROUBLES[self.code][1].format(name=name, detail=self.detail)
