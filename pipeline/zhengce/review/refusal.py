"""Why a decision is not taken, in a code for programs and in words for people."""

from __future__ import annotations

from zhengce.lexicon import table

__all__ = ["Refused"]


class Refused(Exception):
    """A decision that cannot be: `code` is one of `lexicons/review_refusals.tsv`, `blanks` fill its words."""

    def __init__(self, code: str, **blanks: object) -> None:
        super().__init__(code)
        self.code = code
        self.blanks = blanks

    def told(self) -> dict[str, object]:
        """The refusal as JSON has it.

        >>> Refused("unknown_action", action="destroy").told()["message_zh"]
        '没有这种操作：destroy'
        """
        (words,) = (row for row in table("review_refusals") if row["code"] == self.code)
        # by replacement: words of people may hold braces
        said = {name: words[name] for name in ("zh", "en")}
        for blank, value in self.blanks.items():
            said = {name: text.replace(f"{{{blank}}}", str(value)[:200]) for name, text in said.items()}
        return {"error": self.code, "message_zh": said["zh"], "message_en": said["en"]}
