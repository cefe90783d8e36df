"""The classifier is fitted once and kept until the examples change."""

from dataclasses import replace

import numpy as np

from doorstep.catalogue import wording
from doorstep.catalogue.wording import classifier, examples
from doorstep.engines.wording import train


def test_checks_are_never_learnt_from(catalogue):
    texts, labels = examples(catalogue)
    assert len(texts) == len(labels)
    assert not set(texts) & {check.text for item in catalogue.items.values() for check in item.checks}


def test_what_has_no_examples_is_never_guessed(catalogue):
    wordless = replace(catalogue.item("trees"), examples=())
    assert "trees" not in examples(replace(catalogue, items={**catalogue.items, "trees": wordless}))[1]


def test_a_kept_classifier_answers_like_a_fresh_one(catalogue, tmp_path):
    few = replace(catalogue, items={key: catalogue.items[key] for key in ("lift-fault", "street-light")})
    fresh = classifier(few)
    first, second = classifier(few, tmp_path / "new"), classifier(few, tmp_path / "new")
    assert len(list((tmp_path / "new").iterdir())) == 1
    assert fresh.predict("电梯又坏了") == first.predict("电梯又坏了") == second.predict("电梯又坏了")


def test_new_examples_fit_anew(catalogue, tmp_path):
    few = {key: catalogue.items[key] for key in ("lift-fault", "street-light")}
    classifier(replace(catalogue, items=few), tmp_path)
    few["lift-fault"] = replace(few["lift-fault"], examples=(*few["lift-fault"].examples, "梯子不走了"))
    taught = classifier(replace(catalogue, items=few), tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
    assert taught.predict("梯子不走了").label == "lift-fault"


def test_what_another_engine_has_kept_is_not_read(catalogue, tmp_path, monkeypatch):
    few = replace(catalogue, items={key: catalogue.items[key] for key in ("lift-fault", "street-light")})
    other = tmp_path / "engine"
    other.mkdir()
    (other / "__init__.py").write_text("changed = True")
    classifier(few, tmp_path / "kept")
    monkeypatch.setattr(wording.engine, "__file__", str(other / "__init__.py"))
    classifier(few, tmp_path / "kept")
    assert len(list((tmp_path / "kept").iterdir())) == 2


def test_certainty_holds_on_examples_that_were_never_seen(catalogue):
    """A fifth of the sentences is kept apart; among those guessed with much the same certainty, so many are right."""
    texts, labels = examples(catalogue)
    pairs = list(zip(texts, labels, strict=True))
    sentences = {text for item in catalogue.items.values() for text in item.examples}
    apart = [pair for pair in pairs if pair[0] in sentences][::5]
    rest = [pair for pair in pairs if pair not in set(apart)]
    seen_less = train([text for text, _ in rest], [label for _, label in rest])
    guesses = [(label, seen_less.predict(text)) for text, label in apart]
    found = np.array([(guess.certainty, guess.label == label) for label, guess in guesses if guess])
    band = np.minimum((found[:, 0] * 5).astype(int), 4)
    off = [abs(np.subtract(*found[band == each].mean(axis=0))) * (band == each).mean() for each in set(band)]
    assert len(found) > 300
    assert sum(off) <= 0.1
