## 两种户数

counts-title = 按哪种户数划分
counts-count = 口径
counts-basis = 楼栋数据来历
counts-source = 来源与导入日期
counts-used = 本方案采用
counts-lived_in = 实际居住户数
counts-dwellings = 住宅套数
counts-basis-counted = 入户统计 { $count } 栋
counts-basis-given = 资料给出 { $count } 栋
counts-basis-estimated = 估算 { $count } 栋
counts-and = 、
counts-source-osm = OpenStreetMap
counts-source-own = 本地提供的文件
counts-source-shape = 本地提供的文件
counts-source-on = { $source }，{ $day }
counts-source-between = { $source }，{ $first }至{ $last }
counts-other = 本方案按{ $used }划分，共 { $used_households }。如按{ $other }，共 { $households }，{ $microgrids } 个微网格中会有 { $outside } 个、网格中会有 { $grids } 个超出范围。
counts-piece = { $code }（{ $households }）
counts-outside = 按另一种口径会超出范围的：{ $names }。
counts-outside-more = 按另一种口径会超出范围的：{ $names }，还有 { $more } 个。
