"""The options of the language model: off unless asked for, on this machine unless more is allowed."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.cli.console import warn
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from zhengce.model.llm import LlmJudge
    from zhengce.model.llm_counts import Counts

__all__ = ["add_llm_arguments", "llm_from", "tell_llm"]

ADDRESS = "http://localhost:11434/v1"  # where Ollama listens
CACHE = ".zhengce-llm.sqlite3"  # hidden, so that it is no input where OUT lies in a folder that is read
KEY = "ZHENGCE_LLM_KEY"


def add_llm_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments that ask for a language model."""

    def address(text: str) -> str:
        # a folder behind --llm would be taken for its address
        if not text.startswith(("http://", "https://")):
            raise argparse.ArgumentTypeError(say("llm_bad_address", address=text))
        return text

    about = say("help_llm", default=ADDRESS)
    parser.add_argument("--llm", nargs="?", const=ADDRESS, type=address, metavar="ADDRESS", help=about)
    parser.add_argument("--llm-model", metavar="NAME", help=say("help_llm_model"))
    parser.add_argument("--llm-remote", action="store_true", help=say("help_llm_remote"))
    parser.add_argument("--llm-names", action="store_true", help=say("help_llm_names"))
    parser.add_argument("--llm-cache", type=Path, metavar="FILE", help=say("help_llm_cache", default=CACHE))


def llm_from(args: argparse.Namespace, say: Say) -> LlmJudge | None:
    """The judge that the arguments ask for, to be closed by the caller; None where they ask for none.

    Its key is taken from the environment variable ZHENGCE_LLM_KEY. Raises BadUsage where the arguments do not fit.
    """
    if args.llm is None:
        for option in ("model", "remote", "names", "cache"):
            if getattr(args, f"llm_{option}"):
                raise BadUsage(say("llm_alone", option=f"--llm-{option}"))
        return None
    from zhengce.model.llm import llm_judge
    from zhengce.model.llm_server import can_ask, is_local

    if not args.llm_model:
        raise BadUsage(say("llm_no_model"))
    if not can_ask():
        raise BadUsage(say("llm_missing"))
    if not is_local(args.llm) and not args.llm_remote:
        raise BadUsage(say("llm_remote", address=args.llm))
    key = os.environ.get(KEY, "").strip() or None
    cache = args.llm_cache or args.out / CACHE
    return llm_judge(args.llm, args.llm_model, key=key, remote=args.llm_remote, cache=cache)


def tell_llm(counts: Counts, say: Say) -> None:
    """Say to standard error what became of all that the model was asked."""
    figures = counts.as_json()
    warn(say("llm_counts", **(figures | {"refused": counts.refused.total()})))
    for key in ("refused", "discarded"):
        if figures[key]:
            warn(say(f"llm_{key}", reasons=_listed(figures[key])))
    if counts.problem:
        warn(say("llm_problem", problem=counts.problem))


def _listed(reasons: Mapping[str, int]) -> str:
    return ", ".join(f"{reason} {count}" for reason, count in reasons.items())
