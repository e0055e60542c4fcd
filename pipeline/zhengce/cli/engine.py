"""The options of reading many documents: how many at once, what one may cost, what is read anew."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from zhengce.cli.messages import Say
from zhengce.errors import BadUsage

if TYPE_CHECKING:
    from zhengce.packing import Limits, Process
    from zhengce.reading import Engine
    from zhengce.shard import Cluster
    from zhengce.store import Store

__all__ = [
    "add_engine_arguments",
    "add_limit_arguments",
    "cluster_at",
    "engine_of",
    "judges_of",
    "limits_of",
    "store_of",
]

MOST = 4  # workers unless more are asked for: each holds the models, some 300 MB
PORTS = {"ray": 10001, "dask": 8786, "dask+tls": 8786}  # where clusters listen unless told otherwise
PATIENCE = 10  # seconds for one to answer
SECONDS, MEGABYTES = 300, 4096  # packing.Limits, which --help must not load; a test holds them equal


def add_engine_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments of `add_limit_arguments`, and those that say where documents are read and what is read anew."""
    add_limit_arguments(parser, say)
    parser.add_argument("--cluster", metavar="ADDRESS", help=say("help_cluster"))
    parser.add_argument("--fresh", action="store_true", help=say("help_fresh"))


def add_limit_arguments(parser: argparse.ArgumentParser, say: Say) -> None:
    """The arguments that say how many documents are read at once, and what one may cost."""

    def number(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and 0 < int(text) < 10**6):
            raise argparse.ArgumentTypeError(say("bad_number", text=text))
        return int(text)

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = min(cores, MOST)
    parser.add_argument("--workers", type=number, default=workers, metavar="N", help=say("help_workers", n=workers))
    parser.add_argument("--timeout", type=number, default=SECONDS, metavar="S", help=say("help_timeout", n=SECONDS))
    parser.add_argument("--memory", type=number, default=MEGABYTES, metavar="MB", help=say("help_memory", n=MEGABYTES))


def engine_of(args: argparse.Namespace, process: Process | None, say: Say, *, here: bool = False) -> Engine:
    """The engine that reads in child processes or on a cluster; `here` in this one, for what cannot be sent to another.

    Raises BadUsage for a cluster that cannot be had.
    """
    from functools import partial

    from zhengce.packing import packed, usual
    from zhengce.pool import pooled
    from zhengce.reading import serial
    from zhengce.shard import sharded

    process = process or usual
    if here:
        if args.cluster:
            raise BadUsage(say("cluster_llm"))
        return serial(process)
    if args.cluster:
        return partial(sharded, process=process, cluster=cluster_at(args.cluster, say), limits=limits_of(args))
    return partial(pooled, work=partial(packed, process=process), workers=args.workers, limits=limits_of(args))


def limits_of(args: argparse.Namespace) -> Limits:
    """What one document may cost."""
    from zhengce.packing import Limits

    return Limits(seconds=args.timeout, megabytes=args.memory)


def cluster_at(address: str, say: Say) -> Cluster:
    """The cluster at an address, where workers have the same pipeline; raises BadUsage where it cannot be had."""
    from zhengce.cluster_dask import DaskCluster
    from zhengce.cluster_ray import HERE, RayCluster
    from zhengce.shard import check_workers

    scheme, _, place = address.partition("://")
    if scheme not in PORTS or not place:
        raise BadUsage(say("bad_cluster", text=address))
    if address != HERE:
        _knock(address, say)
    cluster = RayCluster(address) if scheme == "ray" else DaskCluster(address)
    with ExitStack() as failing:
        failing.callback(cluster.close)
        check_workers(cluster)
        failing.pop_all()
    return cluster


def _knock(address: str, say: Say) -> None:
    """Ask whether anybody listens there: the clusters' own clients take half a minute to say no."""
    from socket import create_connection
    from urllib.parse import urlsplit

    try:
        at = urlsplit(address)
        with create_connection((at.hostname or "", at.port or PORTS[at.scheme]), PATIENCE) as line:
            if at.scheme == "dask" and not line.recv(1):  # a scheduler speaks first; its client waits for it for ever
                raise OSError("it is no Dask scheduler")
    except (OSError, ValueError) as error:
        raise BadUsage(say("no_cluster", address=address, reason=error)) from error


def store_of(out: Path, args: argparse.Namespace, *, here: bool = False) -> Callable[[], Store]:
    """What opens the store in the folder `out`, empty with `--fresh`; one that is not kept for what is read `here`."""
    from zhengce.store import NAME, Store
    from zhengce.write.manifest import pipeline

    def opened() -> Store:
        if here:
            return Store(None, "")
        store = Store(out / NAME, pipeline({"rules_only": args.rules_only, "models": judges_of(args)}))
        if args.fresh:
            store.forget()
        return store

    return opened


def judges_of(args: argparse.Namespace) -> str | None:
    """What tells judges of one's own apart: a hash over the files of their folder, wherever that is."""
    from hashlib import sha256

    if args.models is None:
        return None
    told = sha256()
    for path in sorted(args.models.glob("*.json")):
        told.update(path.name.encode() + b"\0" + path.read_bytes())
    return told.hexdigest()
