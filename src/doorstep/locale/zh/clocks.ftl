### 时限：挂起、延期、催办和日历。

catalogue-file-not-a-ladder = 时限阶梯“{ $value }”不成立。请写五个由小到大的百分比，前两个小于 100 %，后三个不小于 100 %。

## 动作与问题

cases-move-pause = 挂起
cases-move-resume = 恢复计时
cases-move-extend = 答复延期
cases-move-press = 催办
cases-question-more-time = 承办单位申请延期，请答复。
cases-question-more-time-subdistrict = 承办单位申请延期，请镇（街道）答复。
cases-question-more-time-county = 承办单位申请延期，请指挥中心答复。
desk-question-more-time = 申请延期（社区答复）
desk-question-more-time-subdistrict = 申请延期（镇（街道）答复）
desk-question-more-time-county = 申请延期（指挥中心答复）
resident-step-pause = 暂停计时，等待条件具备
resident-step-resume = 恢复办理
resident-step-extend = 办理期限有了答复
resident-step-extend-granted = 承诺时限延长 { $days } 个工作日
resident-step-extend-refused = 没有同意延期，原承诺时限不变
resident-step-press = 已催办
resident-step-press-to = 已催办：{ $who }
resident-step-take-by-itself = 逾时未签收，视为{ $unit }已签收
resident-step-more-time = 承办单位申请延长时限，等上一级答复
resident-step-reckoned = 按最新日历重新计算了时限

## 等什么

clocks-reason-resident = 等反映人补充或配合
clocks-reason-material = 等材料或配件到货
clocks-reason-weather = 等天气允许施工
clocks-reason-other-unit = 等其他单位先完成
clocks-reason-procedure = 等审批、招标或业主表决
clocks-pause-because = { $reason }。对居民的承诺时限不停。
clocks-pause-no-reason = 挂起要说明在等什么。
clocks-pause-no-reason-try = 请从列出的原因中选一项。
clocks-pause-twice = 这件诉求已经挂起。
clocks-pause-twice-try = 条件具备后请先恢复计时。
clocks-pause-critical = 特急诉求不能挂起。
clocks-pause-critical-try = 请先排除危险；确实需要更多时间的，可以申请延期。
clocks-pause-too-late = 承办时限已到，不能再挂起。
clocks-pause-too-late-try = 请继续办理，并向反映人说明情况。
clocks-pause-used-up = 这件诉求累计挂起已满 { $total } 个工作日，不能再挂起。
clocks-pause-used-up-try = 请继续办理；做不下去的，请说明原因并交上级协调。
clocks-pause-too-long = 这次最多还能挂起 { $most } 个工作日。
clocks-pause-too-long-try = 请改短天数，条件提前具备时可以随时恢复。
clocks-resume-none = 这件诉求没有挂起。
clocks-resume-none-try = 计时一直在走，直接办理即可。
clocks-resume-by-hand = 条件已经具备，恢复计时。
clocks-resume-over = 挂起期满，自动恢复计时。
clocks-resume-answered = 反映人已经回复，自动恢复计时。

## 延期

clocks-extend-asked-already = 这件诉求正等着一项答复，不能同时再申请。
clocks-extend-asked-already-try = 请等答复后再说；在答复之前时限照常计算。
clocks-extend-no-reason = 申请延期要写明理由。
clocks-extend-no-reason-try = 请写一两句居民看得懂的话：卡在哪里，什么时候能好。
clocks-extend-not-holder = 延期由承办单位申请。
clocks-extend-not-holder-try = 受理台可以联系承办单位了解情况。
clocks-extend-nobody-asked = 没有人申请延期。
clocks-extend-nobody-asked-try = 延期先由承办单位提出，再由上一级答复。
clocks-extend-not-you = 这项延期不由您答复，自己承办的不能自己批。
clocks-extend-not-you-try = 请由{ $who }答复。
clocks-extend-refused = 没有同意延期，原承诺时限不变。
clocks-refuse-no-reason = 不同意延期要说明理由。
clocks-refuse-no-reason-try = 请写一句承办单位和居民都看得懂的话。
clocks-who-community = 社区受理台
clocks-who-subdistrict = 镇（街道）
clocks-who-county = 指挥中心

## 催办：提醒到哪一级

clocks-rung-holder = 承办单位
clocks-rung-head = 承办单位负责人
clocks-rung-community = 社区受理台
clocks-rung-subdistrict = 镇（街道）
clocks-rung-command = 指挥中心
clocks-signed-by-itself = 派单后逾时无人签收，视为已签收。承办时限从派单时算起，不因签收晚而顺延。
clocks-press-unsigned = 派单后逾时无人签收，提醒承办单位尽快办理。
clocks-press-holder = 承办时间已过一半，提醒承办单位。
clocks-press-head = 承办时间所剩不多，提醒承办单位负责人。
clocks-press-community = 承办时限已到仍未办结，提醒社区受理台督办。
clocks-press-subdistrict = 超过承办时限仍未办结，提醒镇（街道）督办。
clocks-press-command = 超过承办时限较久仍未办结，提醒指挥中心督办。
clocks-press-promise = 对居民的承诺时限已过仍未办结，提醒上一级督办。
clocks-press-unanswered = 等候受理台答复已逾时，提醒有权答复的一级尽快处理。

## 什么时候发生的

clocks-in-the-future = 发生时间 { $day } 还没有到。
clocks-long-ago = 发生时间 { $day } 距今超过 { $days } 天。
clocks-moment-try = 请核对日期和设备时钟后再试。

## 通知

notices-paused = 承办单位暂停计时：{ $because }最迟 { $when } 恢复。
notices-resumed = 您反映的事恢复办理。
notices-extended = { $because }新的承诺时限见下。
notices-pressed = 您反映的事没有按时办结，我们很抱歉。{ $because }
notices-reckoned = 节假日安排公布后重新计算了时限，新的承诺时限见下。

## 页面

clocks-title = 时限与催办
clocks-paused-now = 已挂起：{ $reason }。最迟 { $when } 恢复，对居民的承诺时限不停。
clocks-extended-by = 已延期 { $days } 个工作日，只延这一次。
clocks-provisional = 日期暂定：有的日子是否放假还没有公布，公布后会重新计算并告诉您。
clocks-step-told = 已提醒{ $who }
clocks-step-to-come = 提醒{ $who }
clocks-lead-resident = 没有按时办好，会逐级提醒：
clocks-lead-staff = 到这些时间仍未办结，会自动提醒（只记时限，不评价个人）：
clocks-pause-most = 最多 { $days } 个工作日
clocks-pause-reason = 在等什么
clocks-pause-days = 预计几个工作日
clocks-pause-days-hint = 条件提前具备，随时可以恢复；到期自动恢复。对居民的承诺时限不停，反映人会收到通知。
clocks-pause-words = 补充说明
clocks-words-told = 反映人会看到。
clocks-more-time = 申请延期
clocks-more-days = 延长几个工作日
clocks-more-days-hint = 最多 { $most } 个工作日，只能延长一次；答复之前时限照常计算。
clocks-more-words = 为什么需要更多时间
clocks-asked-days = 承办单位申请延长 { $days } 个工作日，新的承诺时限为 { $when }。
clocks-answer = 答复
clocks-grant = 同意延期
clocks-refuse = 不同意
clocks-answer-words = 说明
clocks-answer-words-hint = 不同意时必填，反映人会看到。
clocks-resume-words = 说明
clocks-mark-pressed = 已提醒{ $who }
field-told-pause = 已挂起，反映人会收到通知。
field-told-resume = 已恢复计时。
field-told-ask = 已提交延期申请，答复之前时限照常计算。
desk-tab-pressed = 催办到我
clocks-due-paused = 挂起中，{ $span }后恢复

## 日历

command-import-calendar = 导入本地的上班日和休息日（CSV 或 Excel：日期、是否上班、名称）。
clocks-reckoned = 日历有更新，按新的上班日和休息日重新计算。
clocks-day-twice = { $day } 出现了两次，且说法不同。
clocks-day-unreadable = 看不懂日期“{ $cell }”。
clocks-day-missing = 还没有填写日期。
clocks-day-far = { $day } 不在 { NUMBER($first, useGrouping: 0) } 年至 { NUMBER($last, useGrouping: 0) } 年之间。
clocks-day-try = 请按 2027-01-02 的样子写日期。
clocks-worked-unreadable = 看不懂“{ $cell }”是上班还是休息。
clocks-worked-unreadable-try = 请写“上班”或“休息”。
clocks-calendar = 工作日历
clocks-calendar-lead = 承诺时限和承办时限按这份日历计算：周末和法定节假日不算，调休上班的日子算。本地另有安排的，由指挥中心设定。
clocks-calendar-year = { NUMBER($year, useGrouping: 0) } 年
clocks-calendar-unknown = { NUMBER($year, useGrouping: 0) } 年的放假安排还没有公布，暂按周一至周五上班计算；涉及的时限都标为暂定，公布后自动重新计算并告诉反映人。
clocks-calendar-own = 本地设定
clocks-calendar-own-none = 没有本地设定。
clocks-calendar-announced = 国务院公布的安排
clocks-calendar-set = 设定一天
clocks-calendar-day = 日期
clocks-calendar-kind = 这一天
clocks-calendar-name = 名称
clocks-worked = 上班
clocks-off = 休息
clocks-calendar-save = 保存
clocks-calendar-unset = 取消设定
clocks-calendar-told-set = 已保存。受影响的未办结诉求会在几分钟内重新计算。
clocks-calendar-told-unset = 已取消。受影响的未办结诉求会在几分钟内重新计算。
clocks-calendar-reckoning = 正在按新的日历重新计算未办结的诉求，已改动 { $moved } 件。
clocks-calendar-reckoned = 最近一次重新计算改动了 { $moved } 件诉求的时限。

staff-trace-imported-calendar = 导入工作日历
staff-trace-set-calendar-day = 设定工作日历中的一天
staff-trace-unset-calendar-day = 撤销工作日历中的设定

## 接口

open-do-pause-case = 暂停承办时限，说明在等什么、等几天
open-do-resume-case = 恢复承办时限
open-do-ask-for-more-time = 申请延期，限一次
open-do-extend-case = 答复延期申请
open-do-show-calendar = 某一年的工作日历：公布的假日和本地的调整
open-do-set-calendar-day = 把某一天定为工作日或休息日
open-do-unset-calendar-day = 撤销本地对某一天的调整
