"""What the words of maps and tables say about the kind of a building."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from doorstep.areas.rules.kinds import BuildingKind

_OSM: Final = {
    BuildingKind.RESIDENTIAL: "residential apartments block tower",
    BuildingKind.HOUSE: "house detached semidetached_house terrace villa farm cabin houseboat static_caravan",
    BuildingKind.BUNGALOW: "bungalow",
    BuildingKind.DORMITORY: "dormitory barracks",
    BuildingKind.OFFICE: "office government",
    BuildingKind.SHOP: "retail commercial supermarket",
    BuildingKind.HOTEL: "hotel",
    BuildingKind.SCHOOL: "school kindergarten university college",
    BuildingKind.HOSPITAL: "hospital clinic",
    BuildingKind.INDUSTRIAL: "industrial warehouse factory manufacture greenhouse barn",
    BuildingKind.PUBLIC: "public civic church chapel cathedral mosque temple shrine synagogue monastery museum stadium "
    "grandstand sports_hall sports_centre train_station transportation fire_station pavilion religious library",
    BuildingKind.SHED: "shed garage garages carport roof kiosk hut service utility ruins parking toilets atrium "
    "transformer_tower allotment_house farm_auxiliary glasshouse underpass_entrance ship",
}
_BY_TAG: Final = {word: kind for kind, words in _OSM.items() for word in words.split()}

# The class of the National Land Survey of Finland that comes with its buildings: homes of one or two floors, and
# outbuildings.
_FINNISH_CLASS: Final = {"42211": BuildingKind.HOUSE, "42261": BuildingKind.SHED}
_BY_USE: Final = {
    "amenity": {
        "school": BuildingKind.SCHOOL,
        "kindergarten": BuildingKind.SCHOOL,
        "university": BuildingKind.SCHOOL,
        "college": BuildingKind.SCHOOL,
        "hospital": BuildingKind.HOSPITAL,
        "clinic": BuildingKind.HOSPITAL,
        "restaurant": BuildingKind.SHOP,
        "cafe": BuildingKind.SHOP,
        "bank": BuildingKind.SHOP,
        "library": BuildingKind.PUBLIC,
        "theatre": BuildingKind.PUBLIC,
        "place_of_worship": BuildingKind.PUBLIC,
        "townhall": BuildingKind.PUBLIC,
        "parking": BuildingKind.SHED,
        "toilets": BuildingKind.SHED,
        "shelter": BuildingKind.SHED,
    },
    "tourism": {"hotel": BuildingKind.HOTEL, "museum": BuildingKind.PUBLIC},
    "office": {},
    "shop": {},
    "leisure": {"sports_centre": BuildingKind.PUBLIC, "stadium": BuildingKind.PUBLIC},
}
_ANY_USE: Final = {"office": BuildingKind.OFFICE, "shop": BuildingKind.SHOP}

_CHINESE: Final = {  # read, not shown
    BuildingKind.RESIDENTIAL: "住宅 居民楼 公寓 商品房 楼房 住宅楼 单元楼",
    BuildingKind.HOUSE: "别墅 独栋 自建房 农房 民房 联排",
    BuildingKind.BUNGALOW: "平房 四合院 杂院",
    BuildingKind.DORMITORY: "宿舍 宿舍楼 学生公寓 集体宿舍",
    BuildingKind.OFFICE: "办公 办公楼 写字楼 商务楼",
    BuildingKind.SHOP: "商业 商铺 商场 商店 门面 底商 市场 超市 餐饮",
    BuildingKind.HOTEL: "酒店 宾馆 旅馆 招待所",
    BuildingKind.SCHOOL: "学校 幼儿园 教学楼 中学 小学 大学",
    BuildingKind.HOSPITAL: "医院 卫生院 诊所 卫生服务中心",
    BuildingKind.INDUSTRIAL: "工业 厂房 仓库 车间",
    BuildingKind.PUBLIC: "公共 公共建筑 文体 场馆 图书馆 礼堂 寺庙 教堂 体育馆 车站",
    BuildingKind.SHED: "车库 车棚 棚 岗亭 配套 附属 公厕 配电房",
    BuildingKind.OTHER: "其他 其它 未知 building yes",
}
_BY_WORD: Final = (
    _BY_TAG
    | {word: kind for kind, words in _CHINESE.items() for word in words.split()}
    | {str(kind): kind for kind in BuildingKind}
)


def kind_from_osm(tags: Mapping[str, str]) -> BuildingKind:
    """The kind that the tags of a building say; `OTHER` if they say only that it is one."""
    if (finnish := _FINNISH_CLASS.get(tags.get("mml:class", ""))) is not None:
        return finnish
    if (kind := _BY_TAG.get(tags["building"])) is not None:
        return kind
    for key, uses in _BY_USE.items():
        if key in tags and (use := uses.get(tags[key], _ANY_USE.get(key))) is not None:
            return use
    return BuildingKind.OTHER


def kind_from_word(word: str) -> BuildingKind | None:
    """The kind that a Chinese or English word of a table names, `OTHER` for none, `None` for a word that nobody
    taught us."""
    return _BY_WORD.get(word.strip().lower()) if word.strip() else BuildingKind.OTHER
