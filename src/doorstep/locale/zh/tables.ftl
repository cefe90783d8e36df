# 派单规则表：写错时的提示、法律底线

cases-dispatch-table = 按本地派单规则由{ $unit }承办：{ $reason }

table-fault-what = 事项清单里没有“{ $given }”；请填事项编号或类别代码。
table-fault-places = “{ $given }”不是本县（市、区）现行的区域代码。
table-fault-urgencies = 不认识紧急程度“{ $given }”；可填 critical、urgent、ordinary、complex，或危急、紧急、一般、复杂。
table-fault-days = 不认识“{ $given }”；可填 mon 至 sun、working（工作日）、off（休息日）。
table-fault-hours = 时段“{ $given }”看不懂；请写成 18:00-08:00，起止不能相同。
table-fault-begins = 起始日期“{ $given }”看不懂；请写成 2026-12-01。
table-fault-ends = 截止日期“{ $given }”看不懂；请写成 2026-12-31。
table-fault-ends-before = 截止日期早于起始日期。
table-fault-holder = 承办单位“{ $given }”看不懂；请填 grid、property、community、subdistrict、department:water 这样的类别，或 unit:编号。
table-fault-holder-missing = 没有填承办单位。
table-fault-helpers = 协办单位“{ $given }”看不懂；填法与承办单位相同。
table-fault-unit = 本县（市、区）没有“{ $given }”这个单位或行业。
table-fault-limit = 办理时限“{ $given }”看不懂；请写成 2 working days、4 working hours 或 1 h。
table-fault-reason = 请写明理由，{ $least } 到 { $most } 个字；居民也会看到。

table-law-no-item = 没有事项的诉求不能派给网格（准入事项清单）：请写明是哪些事项。
table-law-off-the-list = 不在网格准入事项清单内，不能派给网格：{ $items }{ $count ->
    [1] {""}
    [2] {""}
    [3] {""}
   *[other] {" "}等 { $count } 项
}。
table-law-department-work = 这是部门职责事项，不得下派给社区、物业和网格（国办函〔2025〕66号）：{ $items }{ $count ->
    [1] {""}
    [2] {""}
    [3] {""}
   *[other] {" "}等 { $count } 项
}。
table-law-legal-channel = 此事依法走法定渠道，任何单位都不能代为决定（诉讼、信访、复议、仲裁）：{ $items }。
