"""A table of labelled messages from somebody else: what can be read is used, what cannot is named by its row."""

import pytest

from doorstep.areas.readers.report import FileRefused
from doorstep.catalogue.labelled import read_labelled
from doorstep.core.text import text

GOOD = "text,label\n电梯坏了,设施\n路灯不亮,设施\n狗叫,噪声\n半夜施工,噪声\n"


@pytest.fixture
def file(tmp_path):
    def write(content: str | bytes, name: str = "messages.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_coding_reads_the_same(file, coding):
    read = read_labelled(file(GOOD.encode(coding)))
    assert read.texts == ("电梯坏了", "路灯不亮", "狗叫", "半夜施工")
    assert read.labels == ("设施", "设施", "噪声", "噪声")
    assert not read.findings.problems


def test_words_with_commas_quotes_and_line_ends_stay_whole(file):
    read = read_labelled(file(GOOD + '"电梯，坏了,\n又""坏""了",设施\n'))
    assert read.texts[-1] == '电梯，坏了,\n又"坏"了'


@pytest.mark.parametrize(
    ("row", "field"),
    [
        (",设施", "text"),
        ("😀,设施", None),
        ("水管漏水,", "label"),
        ("水管漏水," + "长" * 61, "label"),
        ("水,孤", "label"),
    ],
)
def test_a_row_that_cannot_be_used_is_left_out_and_named(file, row, field):
    read = read_labelled(file(GOOD + row + "\n"))
    if field is None:
        assert len(read.texts) == 5
    else:
        assert len(read.texts) == 4
        assert [(problem.row, problem.field) for problem in read.findings.problems] == [(6, field)]


def test_words_that_come_twice_are_kept_and_told_of(file):
    read = read_labelled(file(GOOD + "电梯坏了,噪声\n狗叫,噪声\n"))
    assert len(read.texts) == 6
    said = " ".join(text(remark.what, "en") for remark in read.findings.remarks)
    assert "different ways" in said and "2 rows" in said


@pytest.mark.parametrize(
    "content",
    [
        "",
        "text,label\n",
        "words\n电梯\n",
        "text,label\n电梯,a\n路灯,a\n",
        b"text,label\n\xff\xfe\xff,a\n",
        "x,y\n1,2\n",
    ],
)
def test_what_is_no_table_of_messages_is_refused_in_a_sentence(file, content):
    with pytest.raises(FileRefused) as refused:
        read_labelled(file(content))
    assert text(refused.value.message, "zh") and refused.value.try_this is not None
