"""The classifier is fitted once and kept until the examples change."""

from dataclasses import replace

from doorstep.catalogue.wording import classifier, examples


def test_checks_are_never_learnt_from(catalogue):
    texts, labels = examples(catalogue)
    assert len(texts) == len(labels)
    assert not set(texts) & {check.text for item in catalogue.items.values() for check in item.checks}


def test_what_has_no_examples_is_never_guessed(catalogue):
    assert "other" not in examples(catalogue)[1]


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
