## What the engine refuses, and what to do

districting-refused = 无法按这些条件划分：{ $reason }
districting-wrong-which = { $what }涉及：{ $which }{ $count ->
    [1] {""}
    [2] {""}
    [3] {""}
    [4] {""}
    [5] {""}
   *[other] 等 { $count } 栋
}。
districting-field-xy = 位置
districting-field-households = 户数
districting-field-footprints = 轮廓
districting-field-floors = 层数
districting-field-compounds = 小区
districting-field-entrances = 单元数
districting-field-keep_together = 不拆开的组
districting-field-fixed = 固定为一个微网格的组
districting-field-grids = 所属网格
districting-wrong-no-buildings = 没有楼栋。
districting-wrong-no-buildings-try = 请先给出有位置和户数的楼栋。
districting-wrong-not-finite = 有些楼栋的“{ $field }”不是数。
districting-wrong-not-finite-try = 请填上数字；不知道的留空。
districting-wrong-below = 有些楼栋的“{ $field }”小于 { $least }。
districting-wrong-below-try = 请改成不小于 { $least } 的数；不知道的留空。
districting-wrong-not-whole = 有些楼栋的“{ $field }”不是整数。
districting-wrong-not-whole-try = 请改成整数；不知道的留空。
districting-wrong-not-from = 有些楼栋的“{ $field }”不是从 { $least } 起的整数。
districting-wrong-not-from-try = 请改成从 { $least } 起的整数；不属于任何一组的填 -1。
districting-wrong-length = “{ $field }”有 { $values } 个值，楼栋却有 { $count } 栋。
districting-wrong-length-try = 每栋楼请给一个值。
districting-wrong-no-shape = 有些楼栋没有轮廓。
districting-wrong-no-shape-try = 请补上轮廓，或者全部楼栋都只给位置。
districting-wrong-bounds = 下限 { $low }、目标 { $target }、上限 { $high } 的次序不对。
districting-wrong-bounds-try = 下限至少为 1，目标不小于下限，上限不小于目标。
districting-wrong-weight = 权重“{ $weight }”不能是 { $value }。
districting-wrong-weight-try = 权重须是不小于 0 的数。
districting-wrong-boundary-no-polygon = 社区边界不是多边形。
districting-wrong-boundary-no-polygon-try = 请给出一个多边形。
districting-wrong-boundary-empty = 社区边界是空的。
districting-wrong-boundary-empty-try = 请给出一个有面积的多边形。
districting-wrong-boundary-unsound = 社区边界的图形有误，例如边线自己相交。
districting-wrong-boundary-unsound-try = 请在地图软件里修好这个图形。
districting-wrong-outside-boundary = 有 { $count } 栋楼在社区边界以外。
districting-wrong-outside-boundary-try = 请检查这些楼的位置，或把边界画大。
districting-wrong-fixed-empty = 固定为一个微网格的楼里没有住户。
districting-wrong-fixed-empty-try = 请检查这些楼的户数，或不要固定它们。
districting-wrong-fixed-in-several-grids = 固定为一个微网格的楼分在几个网格里。
districting-wrong-fixed-in-several-grids-try = 请让它们同属一个网格，或分成几组。
districting-wrong-fixed-not-alone = 固定为一个微网格的楼，同时又要求与组外的楼不拆开。
districting-wrong-fixed-not-alone-try = 请把列出的楼也加进这一组，或取消“小区尽量不拆开”。
districting-wrong-fixed-apart = 固定为一个微网格的楼并不相连，或被不得跨越的道路、水系隔开。
districting-wrong-fixed-apart-try = 请把这些楼分成几组，每组里的楼都相连。
districting-wrong-special-no-polygon = 有专属网格不是有面积的多边形。
districting-wrong-special-no-polygon-try = 专属网格的文件里请只放多边形。
districting-wrong-special-unsound = 有专属网格的边线自己相交。
districting-wrong-special-unsound-try = 请在地图软件里修好这个图形。
districting-wrong-special-overlap = 有专属网格互相重叠。
districting-wrong-special-overlap-try = 请改动其中一个的边线，使它们不重叠。
districting-wrong-special-outside = 有专属网格不在要划分的范围内。
districting-wrong-special-outside-try = 请检查它的位置和坐标系。
districting-wrong-special-take-all = 专属网格占满了整个社区，没有地方再划微网格。
districting-wrong-special-take-all-try = 请把专属网格画小，或去掉一些。
districting-wrong-standing-not-from = 现行划分里有些“{ $field }”不是从 { $least } 起的整数。
districting-wrong-standing-not-from-try = 请用上一次划分写出的 buildings.csv，不要改动这些列。
districting-wrong-standing-length = 现行划分的“{ $field }”有 { $values } 个值，应有 { $count } 个。
districting-wrong-standing-length-try = 请用上一次划分写出的 buildings.csv。
districting-wrong-standing-no-building = 现行划分提到了不存在的楼；现在共有 { $count } 栋。
districting-wrong-standing-no-building-try = 请用同一批楼栋的划分。
districting-wrong-too-many-grids = 会划出 { $count } 个网格，编码最多容得下 { $most } 个。
districting-wrong-too-many-grids-try = 请放宽网格的户数范围，或把社区分成几个文件。
districting-wrong-too-many-microgrids = 一个网格里会有 { $count } 个微网格，编码最多容得下 { $most } 个。
districting-wrong-too-many-microgrids-try = 请放宽微网格的户数范围，或缩小网格。
districting-wrong-community-code = 社区编码应是 12 位数字，不是“{ $code }”。
districting-wrong-community-code-try = 请查国家统计局的统计用区划代码。
districting-wrong-nothing-to-cut = 这个微网格不能在那里拆成两个。
districting-wrong-nothing-to-cut-try = 请选其中一部分楼，不要全选。
