"""Every item file keeps what it promises: one test runs the examples and checks of all of them."""

from collections import Counter, defaultdict

from tests.shipped import shipped_catalogue

from doorstep.cases.rules.classify import BAR, classify
from doorstep.cases.rules.danger import alarm
from doorstep.catalogue.item import Level, Urgency
from doorstep.engines.wording import likeness

ITEMS = list(shipped_catalogue().items.values())
CHECKS = [(item, check) for item in ITEMS for check in item.checks]


def f1(truth: list[str], guessed: list[str], label: str) -> float:
    right = sum(t == g == label for t, g in zip(truth, guessed, strict=True))
    return 2 * right / (truth.count(label) + guessed.count(label)) if right else 0.0


def macro_f1(truth: list[str], guessed: list[str]) -> float:
    return sum(f1(truth, guessed, label) for label in set(truth)) / len(set(truth))


def test_items_are_told_apart_by_sentences_never_seen(catalogue, classifier, record_property):
    truth = [item.id for item, _ in CHECKS]
    guesses = [classifier.predict(check.text) for _, check in CHECKS]
    guessed = [guess.label if guess else "" for guess in guesses]
    classes = ([catalogue.items[each].class_code[:2] if each else "" for each in side] for side in (truth, guessed))
    of_items, of_classes = macro_f1(truth, guessed), macro_f1(*classes)
    record_property("macro_f1_items", round(of_items, 3))
    record_property("macro_f1_classes", round(of_classes, 3))
    assert of_items >= 0.8
    assert of_classes >= 0.8


def test_what_is_certain_is_right_and_most_of_it_is_certain(classifier):
    sure = [(item, guess) for item, check in CHECKS if (guess := classifier.predict(check.text)).certainty >= BAR]
    assert len(sure) >= 0.75 * len(CHECKS)
    assert sum(guess.label == item.id for item, guess in sure) >= 0.94 * len(sure)


def test_a_check_is_as_urgent_as_its_file_says(catalogue):
    found = {
        (item.id, check.text): classify(
            check.text, catalogue, chosen=item, alarm=alarm(check.text, catalogue.dangers)
        ).urgency
        for item, check in CHECKS
    }
    assert found == {(item.id, check.text): check.urgency for item, check in CHECKS}


def test_what_is_critical_is_known_by_its_words_alone(catalogue, classifier):
    """Nobody chose an item, and the statistics may say what they like."""
    critical = [check.text for _, check in CHECKS if check.urgency is Urgency.CRITICAL]
    found = {
        text: classify(text, catalogue, guess=classifier.predict(text), alarm=alarm(text, catalogue.dangers))
        for text in critical
    }
    assert len(critical) >= 20
    assert [text for text, each in found.items() if each is None or each.urgency is not Urgency.CRITICAL] == []


def test_no_false_alarm_is_raised_by_the_examples_of_everyday_items(catalogue):
    everyday = [item for item in ITEMS if item.urgency is not Urgency.CRITICAL]
    raised = {
        (item.id, text)
        for item in everyday
        for text in item.examples
        if (found := alarm(text, catalogue.dangers)) and found.is_here
    }
    assert raised == set()


def test_an_item_has_enough_examples_in_both_languages_and_none_twice():
    for item in ITEMS:
        if item.id == "other":
            continue
        chinese = [text for text in item.examples if not text.isascii()]
        assert len(chinese) >= 17, item.id
        assert len(item.examples) - len(chinese) >= 8, item.id
        assert len(item.checks) >= 3, item.id
        copied = {
            check.text: text for check in item.checks for text in item.examples if likeness(check.text, text) > 0.7
        }
        assert copied == {}, item.id


def test_an_item_says_when_it_is_taken_on_and_when_it_is_done():
    unsaid = [item.id for item in ITEMS if not item.accept or not item.done or not all((*item.accept, *item.done))]
    assert unsaid == []


def test_nothing_demands_a_photo_and_nothing_asks_for_an_identity_number():
    forbidden = ("photo", "video", "identity", "照片", "拍照", "视频", "轨迹", "身份证", "人脸")
    for item in ITEMS:
        asked = [text for question in item.questions for text in question.ask]
        words = " ".join([*(item.proof or ()), *asked]).lower()
        assert [each for each in forbidden if each in words] == [], item.id


def test_what_a_department_must_do_is_never_given_to_a_grid():
    given = [item for item in ITEMS if Level.GRID in {each.level for each in (*item.who, *item.together_with)}]
    assert given
    assert [item.id for item in given if not item.admitted] == []


def test_all_twelve_classes_have_sub_classes_and_items(catalogue):
    tops = [each.code for each in catalogue.classes.values() if not each.parent]
    assert len(tops) == 12
    used = Counter(item.class_code[:2] for item in ITEMS)
    subs = Counter(each.parent for each in catalogue.classes.values() if each.parent)
    assert all(used[code] for code in tops)
    assert all(subs[code] >= 3 or code == "99" for code in tops)


def test_no_two_items_claim_the_same_example():
    owners = defaultdict(set)
    for item in ITEMS:
        for text in item.examples:
            owners[text].add(item.id)
    assert {text: ids for text, ids in owners.items() if len(ids) > 1} == {}


def test_an_emergency_says_which_number_to_dial():
    for item in ITEMS:
        if item.urgency is Urgency.CRITICAL:
            assert (
                any(number in item.hint.zh + item.hint.en for number in ("110", "119", "120")) or item.id == "gas-leak"
            )
