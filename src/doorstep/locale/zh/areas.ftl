### 区域：代码、导入、户数估算。

## codes
areas-code-not-digits = “{ $code }”不是区划代码：代码只含数字。
areas-code-not-digits-try = 请填写数字代码，例如 321102001001；在表格软件中请把该列设为“文本”。
areas-code-wrong-length = 代码 { $code } 有 { $digits } 位，区划代码应为 6、9、12、15 或 17 位。
areas-code-wrong-length-try = 请检查开头或末尾的 0 是否丢失。
areas-code-zeros = 代码 { $code } 中有一级是 { $digits }，没有这样编号的区域。
areas-code-zeros-try = 请填写本级的完整代码，不要用上级代码补零。
areas-code-unknown-province = 代码 { $code } 开头的 { $digits } 不是任何省份的代码。
areas-code-unknown-subdistrict = 代码 { $code } 的第 7 位是 { $digit }：0 为街道，1 为镇，2–3 为乡，4–5 为类似乡级单位。
areas-code-unknown-community = 代码 { $code } 的第 10 位是 { $digit }：0–1 为居委会，2–3 为村委会，4–5 为类似单位。
areas-code-ask = 请与统计用区划代码表核对。
areas-code-number-out-of-range = { $parent } 内不能有编号 { $number }：编号从 1 到 { $most }。
areas-code-not-community = 代码 { $code } 不是村（社区）的 12 位代码。
areas-code-twice = 代码 { $code } 在第 { $row } 行已经出现。
areas-code-wrong-parent = 社区 { $code } 的上级写的是 { $parent }，按其代码应为 { $expected }。
areas-name-blank = 没有名称。
areas-name-blank-try = 请填写名称；没有名称的行请删除。
areas-name-differs = { $code } 在此处叫“{ $name }”，在第 { $row } 行叫“{ $before }”。
areas-name-differs-try = 同一区域请用同一名称。
areas-name-too-long = 名称超过 { $most } 个字。
areas-name-too-long-try = 请使用通行的简短名称。

## files
areas-file-missing = 找不到这个文件。
areas-file-missing-try = 请检查路径和文件名。
areas-file-empty = 文件是空的。
areas-file-empty-try = 请重新导出后再导入。
areas-file-no-rows = 表头下面没有任何行。
areas-file-no-buildings = 文件里没有建筑。
areas-file-no-features = 文件里没有道路、水系、铁路、绿地或小区。
areas-file-too-large = 文件有 { $size } MB，最多可读 { $most } MB。
areas-file-too-many-rows = 超过 { $most } 行。
areas-file-split = 请按街道或社区拆成几个文件。
areas-file-unknown-format = 无法识别文件的格式。
areas-file-known-formats = 可导入的格式：{ $formats }。
areas-file-wrong-ending = 文件名以“{ $ending }”结尾，内容却是 { $format }。
areas-file-wrong-ending-try = 请确认没有选错文件；没错就把结尾改成 { $ending }。
areas-file-old-excel = 这是旧版 Excel 文件（.xls）。
areas-file-old-excel-try = 请在表格软件中另存为 .xlsx。
areas-file-not-excel = 这个压缩文件不是 Excel 工作簿。
areas-file-bomb = 文件展开后有 { $size } MB，与它的大小不相称，因此没有打开。
areas-file-broken = 文件不完整或已损坏，不能按 { $format } 读取。
areas-file-broken-try = 请重新下载或导出。
areas-file-broken-csv = 表格的引号或分隔符有误（{ $why }）。
areas-file-unknown-letters = 文件的文字编码既不是 UTF-8 也不是 GB 18030。
areas-file-unknown-letters-try = 请另存为“CSV UTF-8”。
areas-file-read-as-gb = 文件不是 UTF-8，已按 GB 18030（GBK）读取。
areas-excel-first-sheet = 工作簿有 { $count } 张表，只读取了第一张“{ $sheet }”。
areas-overpass-cut = Overpass 没有答完：{ $why }
areas-overpass-cut-try = 请缩小查询范围或加长时限后重新下载。

## columns, rows and cells
areas-columns-missing = 缺少这些列：{ $columns }。
areas-columns-missing-try = 第一行应为列名：{ $columns }。
areas-columns-no-place = 没有经度和纬度两列，也没有 WKT 列。
areas-columns-no-place-try = 请加上“经度”“纬度”两列，或一列“wkt”。
areas-columns-ignored = 没有使用这些列：{ $columns }。
areas-column-absent = 没有“{ $column }”这一列。
areas-column-absent-try = 请按表头原样填写列名。
areas-amount-below-nothing = “{ $cell }”不是 0 以上的数量。
areas-file-no-shapes = 文件里没有面。
areas-file-no-shapes-try = 请给出 GeoJSON 或 GeoPackage，每个专属网格一个面。
areas-standing-none = 文件里没有微网格。
areas-standing-none-try = 请给出 doorstep divide 写出的 buildings.csv 或 districts.geojson。
areas-standing-gone = 有 { $count } 行的楼栋已不存在，未计入。
areas-column-twice = 这几列意思相同：{ $columns }。
areas-column-twice-try = 请只保留一列。
areas-row-too-long = 这一行有 { $cells } 格，表头只有 { $columns } 列。
areas-row-quotes-try = 含逗号或换行的内容要放在英文双引号里。
areas-row-remove = 请删去重复的一行，或改正它。
areas-cell-formula = 这一格是公式，不是内容。
areas-cell-formula-try = 请复制后“粘贴为数值”再保存。
areas-cell-line-break = 这一格里有换行或控制字符。
areas-cell-line-break-try = 请删去换行。
areas-cell-unseen = 去掉了看不见的字符（零宽或改变文字方向的），留下“{ $cell }”。
areas-standing-twice = 这里的住户已在第 { $row } 行归入微网格 { $first }，又归入 { $second }。
areas-standing-twice-try = 一处住户只能属于一个微网格，请删去其中一行。
areas-standing-overlap-try = 两个微网格不能重叠，请改动其中一个的边线。
areas-cell-not-whole = “{ $cell }”不是整数。
areas-cell-not-whole-try = 请只填数字，不要带单位；不知道就留空。
areas-cell-out-of-range = { $cell } 超出合理范围（{ $least }–{ $most }）。
areas-cell-check = 请核对；不知道就留空。
areas-cell-not-number = “{ $cell }”不是数字。
areas-cell-blank = 这一格是空的。
areas-cell-not-number-try = 请填写十进制的度数，例如 119.4521。

## datums
areas-datum-missing = 文件没有说明坐标系。
areas-datum-missing-try = 请指明坐标系（{ $names }）；不知道就问提供数据的人，我们不猜。
areas-datum-osm = OpenStreetMap 的数据按定义是 WGS 84，不会是 { $datum }。
areas-datum-osm-try = 请去掉坐标系选项。
areas-datum-overruled = 文件写明 { $file }，按您指明的 { $named } 读取。
areas-geojson-crs = 文件写明的坐标参考系“{ $name }”不是经纬度。
areas-geojson-crs-try = 请导出为 WGS 84 经纬度（RFC 7946）。
areas-geojson-no-collection = 文件不是 GeoJSON 要素集合。
areas-geojson-no-collection-try = 请导出为 FeatureCollection。
areas-geopackage-layers = 文件有 { $count } 个带图形的图层：{ $layers }。
areas-geopackage-layers-try = 请把建筑单独存成一个只有一个图层的文件。

## shapes
areas-shape-missing = 没有图形。
areas-shape-missing-try = 请补上坐标或轮廓。
areas-shape-not-a-number = 坐标里有不是数字的值。
areas-shape-zero = 坐标是 (0, 0)。
areas-shape-off-earth = 坐标不在经纬度的范围内。
areas-shape-check-degrees = 经度在 -180 到 180 之间，纬度在 -90 到 90 之间。
areas-shape-swapped = 经度和纬度看来填反了。
areas-shape-swapped-try = 请对调：经度在前，纬度在后。
areas-shape-in-metres = 坐标看来是以米为单位的投影坐标，不是经纬度。
areas-shape-in-metres-try = 请转换为经纬度，或存成带坐标参考系的 GeoPackage。
areas-shape-too-many-corners = 轮廓的角点超过 { $most } 个。
areas-shape-too-many-corners-try = 请先简化轮廓。
areas-shape-not-an-outline = 图形不是点，也不是面。
areas-shape-not-an-outline-try = 请画成面或点。
areas-shape-repaired = 轮廓自相交，已修复。
areas-shape-flat = 轮廓没有面积。
areas-shape-not-wkt = 无法识别这段 WKT。
areas-shape-not-wkt-try = 例如：POLYGON ((119.45 32.20, 119.46 32.20, 119.46 32.21, 119.45 32.20))
areas-shape-not-geojson = 要素的图形无法识别。
areas-shape-elsewhere = 位置在本地范围以外。
areas-shape-elsewhere-try = 请核对坐标和坐标系。

## buildings
areas-building-twice = 与 { $row } 重复（{ $source }）。
areas-kind-unknown = 不认识的类型“{ $word }”，按“其他”处理。
areas-more-lived-in = 实住户数多于住宅套数。
areas-osm-incomplete = 图形不完整，已略去。
areas-osm-cut = 数据边缘切断了图形，只有 { $all } 个角点中的 { $known } 个，已用它们代替。
areas-osm-not-closed = 轮廓没有闭合，已略去。
areas-osm-number-ignored = “{ $cell }”不是可用的数字，已略去。
areas-kind-residential = 住宅楼
areas-kind-house = 独户住宅
areas-kind-bungalow = 平房
areas-kind-dormitory = 宿舍
areas-kind-office = 办公楼
areas-kind-shop = 商铺
areas-kind-hotel = 旅馆
areas-kind-school = 学校
areas-kind-hospital = 医院
areas-kind-industrial = 厂房
areas-kind-public = 公共建筑
areas-kind-shed = 附属用房
areas-kind-other = 其他建筑

## households
areas-households-counted = 现场核实。
areas-households-given = 来源所载。
areas-households-floors-unknown = 层数不详，按一层计。
areas-households-usual-floors = 层数不详，按此类住宅常见的 { $floors } 层估算。
areas-households-not-housing = 不是住宅，按无住户计。
areas-households-as-lived-in = 至少有已知的实住户数。
areas-households-by-floor-area = 按{ $kind }估算：占地 { $footprint } 平方米 × { $floors } 层，每户约 { $each } 平方米。
areas-households-share = 按 { $dwellings } 套的 { $percent }% 有人居住估算。
areas-households-spread = 按各楼套数分摊已知的总数 { $total } 户。

## 楼门与驿站的二维码

areas-door-entrance = { $building }{ $number } 单元
areas-door-building = { $number } 号建筑
areas-door-building-elsewhere = 所选楼栋不在本社区。
areas-door-building-elsewhere-try = 请从列表中选择。
areas-door-nameless = 驿站还没有名称。
areas-door-nameless-try = 请写居民平时怎么称呼它。
areas-door-elsewhere = 这个位置不在本社区的任何微网格内。
areas-door-elsewhere-try = 请核对坐标，或在地图上点选。
areas-door-unknown = 本社区没有编码为 { $code } 的楼门。
areas-door-unknown-try = 请从列表中选择。

## 虚构城市
areas-invented-city = 虚构市
areas-invented-county = 虚构{ $number }区
areas-invented-subdistrict = 虚构{ $number }街道
areas-invented-community = 虚构{ NUMBER($number, useGrouping: 0) }社区
areas-invented-compound = 虚构小区{ NUMBER($community, useGrouping: 0) }-{ $number }

## 含多个社区的文件
areas-file-no-community = { $file } 里有楼栋没有写明社区。
areas-file-no-community-try = 请在“community”列写上每栋楼所属社区的 12 位编码。
areas-file-problems = 有 { $count } 处问题，第一处：{ $first }
areas-row-mend = 请改正后重试。
areas-line-unknown = 不认识“{ $word }”，按不宜跨越的线处理。
