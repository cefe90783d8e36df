"""Danger to life is heard by rules, and what is only feared is not mistaken for it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.shipped import shipped_catalogue

from doorstep.cases.rules.danger import alarm
from doorstep.core.text import text

DANGERS = shipped_catalogue().dangers

HEARD = {
    "fire": [
        "三楼窗户火呼呼往外冒",
        "对面楼失火啦",
        "楼上冒黑烟，快来",
        "车棚里电动车烧着了",
        "厨房油锅烧起来了",
        "屋里全是烟，出不去",
        "电瓶爆炸了",
        "There is smoke coming out of the flat above",
        "The house next door is burning",
        "Fire! Fire! Block 3",
        "Black smoke pours out of a window",
        "A car is in flames",
        "my kitchen caught fire",
        "our balcony is ablaze",
    ],
    "gas": [
        "家里好大的煤气味",
        "天然气管子挖破了，一直漏",
        "闻着一股煤气",
        "液化气罐在漏气",
        "It smells of gas in the hallway",
        "Gas is leaking from the pipe",
        "I smell a strong odour of gas",
    ],
    "electric-shock": [
        "有人被电打了",
        "小孩触电倒地",
        "A man got an electric shock",
        "The boy was electrocuted",
    ],
    "injured": [
        "老人倒在地上不动了",
        "我爸喘不上气，嘴唇发紫",
        "邻居突然昏过去",
        "头摔破了，一直流血",
        "奶奶胸口疼得厉害",
        "孩子噎住了，脸发紫",
        "有人口吐白沫",
        "快叫救护车",
        "He is not breathing",
        "She fainted on the stairs",
        "My father has chest pain",
        "He can't breathe",
        "A child is choking",
        "Someone is having a seizure",
        "please call an ambulance",
    ],
    "drowning": [
        "孩子掉河里了",
        "有人溺水",
        "A boy fell into the pond",
        "somebody is drowning",
    ],
    "violence": [
        "楼下打起来了，动刀了",
        "有人拿着刀追人",
        "我老公打我，救命",
        "家里进贼了",
        "有人撬我家门",
        "He is beating his wife",
        "A man with a knife is downstairs",
        "Somebody is breaking into the flat",
        "There is a thief in my house",
    ],
    "despair": [
        "有个女的站在楼顶要跳",
        "我活不下去了，不想活",
        "有人要跳楼",
        "She says she wants to kill herself",
        "A man is going to jump off the roof",
        "I want to die",
    ],
    "trapped": [
        "我们被关在电梯里",
        "电梯里困了三个人",
        "I am trapped in the lift",
        "We are stuck in the elevator",
        "People are stuck inside the lift",
        "孩子困在车里",
    ],
}

HARMLESS = [
    "灭火器过期了",
    "楼道的灭火器没了",
    "消防演练是哪天",
    "火灾报警器坏了",
    "烟雾报警器乱响",
    "楼下火锅店太吵",
    "火车票在哪买",
    "烧烤摊油烟太大",
    "鞭炮放了一夜",
    "煤气表坏了要换",
    "煤气费怎么交",
    "天然气什么时候通",
    "燃气灶打不着火",
    "触电保护器要不要装",
    "打架子鼓太吵",
    "孩子打架子鼓",
    "想死你们了，谢谢社区",
    "笑死我了",
    "热死了，没有空调",
    "吵死了",
    "臭死了",
    "The building is not on fire",
    "There is no fire, only a burnt smell",
    "It is not a gas leak, I checked",
    "no smell of gas any more",
    "The fire extinguisher is missing",
    "The fire alarm keeps beeping",
    "When is the fire drill",
    "a fire hydrant is blocked",
    "The fire brigade was great, thank you",
    "barbecue smoke comes into my flat",
    "burning leaves smell bad",
    "burning rubbish in the yard",
    "He is beating his carpets at night",
    "My car battery died",
    "I am dying to know",
    "The heating system collapsed",
    "the fence collapsed",
    "wall has collapsed onto the bike shed",
    "防盗门锁坏了",
    "装防盗窗",
    "打火机丢了",
    "听说有小偷，想装监控",
    "烧水壶坏了",
    "防火门关不上",
    "火葬补贴怎么领",
    "工伤认定骨折了算几级",
    "去年骨折了，想申请补助",
    "心梗住院医保能报多少",
    "中风了三年，想申请护理补贴",
    "老伴中风后瘫痪，轮椅怎么申请",
    "被困在停车位出不来",
    "the shop's lights are burning all day",
    "street lamps burning during the day",
]


@pytest.mark.parametrize(
    ("said", "danger", "dial"),
    [
        ("三楼着火了快来人", "fire", "119"),
        ("Ｔｈｅ　kitchen is ON FIRE", "fire", "119"),
        ("楼道里一股煤气味", "gas", "119"),
        ("有人触电了", "electric-shock", "120"),
        ("有人晕倒在楼下，没有呼吸", "injured", "120"),
        ("老人摔倒起不来", "injured", "120"),
        ("孩子落水了", "drowning", "110"),
        ("楼下两个人打架，有一个持刀", "violence", "110"),
        ("我不想活了", "despair", "110"),
        ("我被困电梯里", "trapped", "119"),
        ("有人被电梯困住了", "trapped", "119"),
        ("My mother fell and cannot stand up", "injured", "120"),
        ("My mother fell and can’t get up", "injured", "120"),
        ("家里没人，灶上还烧着东西，火没关", "stove", "119"),
        ("Somebody is bleeding in the yard", "injured", "120"),
        ("没人管，楼上都着火了", "fire", "119"),
    ],
)
def test_danger_that_is_there_is_heard_and_the_right_number_is_told(said, danger, dial):
    heard = alarm(said, DANGERS)
    assert (heard.danger.id, heard.is_here) == (danger, True)
    for lang in ("zh", "en"):
        assert dial in text(heard.advice, lang)


@pytest.mark.parametrize(
    "said",
    [
        "消防通道堵了，万一着火消防车进不来",
        "楼道堆杂物，我担心哪天会着火",
        "电线老化容易引发火灾",
        "没有着火，只是有点糊味",
        "If there is a fire nobody could get out",
        "I am afraid of a gas leak",
        "The shed is not on fire",
    ],
)
def test_danger_that_is_feared_gets_advice_and_no_alarm(said):
    heard = alarm(said, DANGERS)
    assert heard.is_here is False
    assert heard.danger.dial in text(heard.advice, "zh")


@pytest.mark.parametrize(
    "said",
    [
        "路灯不亮",
        "",
        "消防通道被堵",
        "火灾隐患排查什么时候来",
        "落水管断了",
        "自行车车胎漏气了",
        "热水器打不着火",
        "The fire extinguisher is too old",
        "a fire lane is blocked",
        "firewood on the stairs",
    ],
)
def test_words_that_only_look_like_danger_raise_nothing(said):
    assert alarm(said, DANGERS) is None


def test_a_fear_in_one_clause_does_not_hide_the_danger_in_the_next():
    assert alarm("我很害怕，着火了", DANGERS).is_here
    assert alarm("担心着火。现在真的起火了！", DANGERS).is_here


def test_a_denial_counts_only_right_before_the_word():
    assert not alarm("没着火", DANGERS).is_here
    assert alarm("没人在家但是着火了", DANGERS).is_here
    assert alarm("Nobody knows, the shed is on fire", DANGERS).is_here


@pytest.mark.parametrize("danger", DANGERS.dangers, ids=lambda danger: danger.id)
def test_every_word_of_every_danger_is_heard(danger):
    for word in danger.words:
        heard = alarm(word, DANGERS)
        assert heard is not None, word
        assert heard.is_here, word


@given(st.text(max_size=80), st.sampled_from([word for danger in DANGERS.dangers for word in danger.words]))
def test_a_danger_word_in_a_sentence_of_its_own_is_heard_whatever_stands_around_it(noise, word):
    assert alarm(f"{noise}。{word}。{noise}", DANGERS).is_here


@pytest.mark.parametrize(("danger", "said"), [(danger, said) for danger, texts in HEARD.items() for said in texts])
def test_danger_is_heard_however_a_frightened_person_puts_it(danger, said):
    heard = alarm(said, DANGERS)
    assert heard is not None
    assert (heard.danger.id, heard.is_here) == (danger, True)


@pytest.mark.parametrize("said", HARMLESS)
def test_no_alarm_is_raised_by_what_is_past_denied_or_another_thing(said):
    heard = alarm(said, DANGERS)
    assert heard is None or not heard.is_here
