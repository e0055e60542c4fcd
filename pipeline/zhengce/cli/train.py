"""`zhengce train`: the judges rebuilt from the training corpus, with what people have labelled and reviewed since."""

from __future__ import annotations

import argparse
from pathlib import Path

from zhengce.cli.console import emit_json, warn
from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

__all__ = ["add_arguments", "run"]


def add_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of the command."""
    parser.add_argument("-o", "--out", type=Path, metavar="OUT", required=True, help=say("help_models_out"))
    parser.add_argument("--labels", nargs="+", type=Path, default=[], metavar="FILE", help=say("help_labels"))
    parser.add_argument("--documents", nargs="+", default=[], metavar="INPUT", help=say("help_labelled_documents"))
    parser.add_argument("--gold", nargs="+", type=Path, default=[], metavar="FOLDER", help=say("help_train_gold"))
    parser.add_argument("--quiet", action="store_true", help=say("help_quiet"))


def run(args: argparse.Namespace, say: Say) -> int:
    """Run the command: the figures on the unseen part as JSON to standard output, in the folder too."""
    import json

    from zhengce.labelling import labelled, read_rows
    from zhengce.teaching import reviewed_examples
    from zhengce.training import corpus, figures, read_part, train

    if bool(args.labels) != bool(args.documents):
        raise BadUsage(say("labels_and_documents"))
    added = labelled([row for path in args.labels for row in read_rows(path)], args.documents)
    if added:
        warn(say("labels_added", count=len(added), file=", ".join(path.name for path in args.labels)))
    for folder in args.gold:
        learned = reviewed_examples(folder)
        warn(say("gold_added", count=len(learned), folder=folder))
        added += learned
    written, generated = [*read_part(corpus() / "train"), *added], read_part(corpus() / "grammar")

    def tell(name: str) -> None:
        if not args.quiet:
            warn(say("fitting", name=name))

    try:
        judges = train(written, generated, args.out, progress=tell)
    except OSError as error:
        raise BadUsage(say("write_failed", reason=error)) from error
    told = figures(judges, read_part(corpus() / "test"))
    text = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    (args.out / "metrics.json").write_text(text, encoding="utf-8", newline="\n")
    errors = {table: figure["calibration_error"] for table, figure in told["tables"].items()}
    emit_json({"questions": told["questions"], "calibration_error": errors, "out": str(args.out)})
    return 0
