"""The options of the judges: which of them decide after the rules, and how sure a record must be."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from zhengce.candidate import Judge
    from zhengce.flow import Outcome
    from zhengce.model.llm import LlmJudge
    from zhengce.packing import Process

__all__ = ["add_judge_arguments", "judged_by", "process_with"]


def add_judge_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments that choose judges and the least confidence."""

    def likelihood(text: str) -> float:
        try:
            number = float(text)
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1:
            raise argparse.ArgumentTypeError(say("bad_confidence", text=text))
        return number

    parser.add_argument("--min-confidence", type=likelihood, metavar="P", help=say("help_min_confidence"))
    parser.add_argument("--rules-only", action="store_true", help=say("help_rules_only"))
    parser.add_argument("--models", type=Path, metavar="DIR", help=say("help_models"))


def process_with(args: argparse.Namespace, llm: LlmJudge | None, say: Say) -> Process | None:
    """The flow with the judges asked for, a language model last; None, for the usual flow, where none is.

    Raises BadUsage for a folder without judges.
    """
    if not (llm or args.rules_only or args.models):
        return None
    if args.models and not args.rules_only:
        from zhengce.model.judge import trained_judge

        if not any(args.models.glob("*.json")):
            raise BadUsage(say("no_models", folder=args.models))
        trained_judge(args.models)  # says what is wrong with them before anything is read
    if llm is None:
        return partial(judged_by, models=args.models and args.models.absolute(), rules_only=args.rules_only)
    asked = llm if args.llm_names else llm.__call__
    return partial(judged_by, models=args.models, rules_only=args.rules_only, further=(asked,))


def judged_by(
    data: bytes, name: str, *, models: Path | None, rules_only: bool, copies: tuple[str, ...] = (),
    further: tuple[Judge, ...] = (),
) -> Outcome:  # fmt: skip
    """The flow with the judges in the folder `models`, or no trained ones, and further ones after them.

    A function of a module: other processes are told its name and find it themselves.
    """
    from zhengce.flow import process
    from zhengce.model.judge import trained_judge

    judges = () if rules_only else (trained_judge(models),)
    return process(data, name, copies=copies, judges=(*judges, *further))
