"""Where trained classifiers stand: one in use, those before it behind it, seen by every process at once.

A folder with the models and one small file that names them, the one in use last. Whoever classifies looks at the time
of that file before each text (some microseconds), so a new model serves from the next report on, without a restart.
Processes on several machines share a model by sharing the folder; a backup need not hold it, since `doorstep train`
makes it anew.
"""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from zipfile import BadZipFile

import numpy as np

from doorstep.catalogue.wording import engine_digest
from doorstep.engines.wording import Classifier

MOST_KEPT: Final = 4
"""The model in use and the last ones before it; older ones are thrown away."""


@dataclass(frozen=True)
class Kept:
    """A model with what was written about it when it was taken into use."""

    name: str
    classifier: Classifier
    about: Mapping[str, Any]


@dataclass
class Shelf:
    """The models in one folder, which need not exist yet."""

    folder: Path
    _seen: tuple[int, int] | None = None
    _kept: Kept | None = field(default=None, repr=False)

    def in_use(self, items: Collection[str]) -> Kept | None:
        """The trained model that serves now; None when there is none.

        Nor is one that another version of the engine has made, or one that does not know all of these items, whose
        examples only the catalogue's own classifier has read: train again then.
        """
        kept = self.last()
        return kept if kept is not None and set(items) <= set(kept.classifier.labels) else None

    def last(self) -> Kept | None:
        """The trained model that was last put here, whichever items it knows."""
        self._look_again()
        return self._kept

    def names(self) -> list[str]:
        """The models, oldest first; the last is in use."""
        try:
            return [str(name) for name in json.loads(self._list.read_text(encoding="utf-8"))]
        except (OSError, ValueError):
            return []

    def put(self, name: str, classifier: Classifier, about: Mapping[str, Any]) -> None:
        """Take this model into use."""
        self._store(name, classifier, about)
        names = [*self.names(), name]
        self._write(names[-MOST_KEPT:])
        for old in names[:-MOST_KEPT]:
            self._path(old).unlink(missing_ok=True)

    def put_again(self, name: str, classifier: Classifier, about: Mapping[str, Any]) -> None:
        """The model of that name, taught anew, in its own place; one that was taken away meanwhile stays away."""
        if name in self.names():
            self._store(name, classifier, about)
            self._write(self.names())

    def _store(self, name: str, classifier: Classifier, about: Mapping[str, Any]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        half = self.folder / f"{name}.{os.getpid()}.half"
        with half.open("wb") as file:
            kept = {**classifier.arrays(), "engine": np.array(engine_digest()), "about": np.array(json.dumps(about))}
            np.savez(file, allow_pickle=False, **kept)
        half.replace(self._path(name))

    def back(self) -> str | None:
        """Take the model in use away, so that the one before it serves again, or at last the catalogue's own.

        Its name; None when there is none to take away.
        """
        names = self.names()
        if not names:
            return None
        self._write(names[:-1])
        self._path(names[-1]).unlink(missing_ok=True)
        return names[-1]

    @property
    def _list(self) -> Path:
        return self.folder / "in-use.json"

    def _path(self, name: str) -> Path:
        return self.folder / f"{name}.npz"

    def _write(self, names: list[str]) -> None:
        half = self._list.with_suffix(f".{os.getpid()}.half")
        half.write_text(json.dumps(names), encoding="utf-8")
        half.replace(self._list)

    def _look_again(self) -> None:
        try:
            now = self._list.stat()
        except OSError:
            self._seen, self._kept = None, None
            return
        # A file that was replaced is another file, even where the clock is coarse.
        if (now.st_mtime_ns, now.st_ino) != self._seen:
            self._kept = None
            # A model that is gone or broken leaves the catalogue's own; the next training mends it.
            with suppress(OSError, ValueError, KeyError, EOFError, BadZipFile):
                self._kept = self._read()
            self._seen = (now.st_mtime_ns, now.st_ino)

    def _read(self) -> Kept | None:
        names = self.names()
        if not names:
            return None
        with self._path(names[-1]).open("rb") as file, np.load(file) as arrays:
            if str(arrays["engine"]) != engine_digest():
                return None
            return Kept(names[-1], Classifier.from_arrays(dict(arrays)), json.loads(str(arrays["about"])))
