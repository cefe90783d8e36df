## 保护反映人：谁看过、带走、删除；查看联系方式的用途

cases-move-erase = 删除
resident-step-erase = 按您的要求删除了内容；存证仍然有效

shield-purpose = 用途
shield-purpose-ask-more = 了解情况
shield-purpose-visit = 约定上门
shield-purpose-follow-up = 回访
shield-purpose-rescue = 紧急救助
shield-purpose-assist = 代办事项
shield-purpose-law = 依法协查
shield-purpose-unknown = 请从列表中选择用途。
shield-purpose-unknown-try = 列表以外的用途，不能查看联系方式。
shield-contact-until = { $when } 后自动关闭；还需要时，请再次写明用途。
shield-colon = ：

shield-own-title = 我的信息
shield-own-lead = 谁看过这件诉求、带走一份、删除自己的内容。
shield-own-open = 谁看过、带走、删除

shield-seen-title = 谁看过
shield-seen-lead = 打开过这件诉求的单位和岗位。办理的人只看到化名；查看联系方式必须写明用途，到时自动关闭。列表里只显示诉求的前几句，不逐条记录。
shield-seen-none = 还没有人打开过。
shield-seen-case = 打开了诉求
shield-seen-contact = 查看了联系方式
shield-seen-until = 到 { $when } 为止

shield-copy-title = 带走一份
shield-copy-lead = 我们保存的全部内容，连同校验用的哈希值。日后可以自己核对记录有没有被改动，不必相信我们。
shield-copy-do = 下载（JSON）
shield-copy-read = 在这里看
shield-copy-reported = 反映时间

shield-erase-title = 删除
shield-erase-lead = 删除以后不能恢复。流转记录里只留下哈希值，看不出内容，存证仍可核验。
shield-erase-now = 现在可以删除
shield-erase-from = { $day } 起可以删除
shield-erase-when-ended = 办结后可以删除
shield-erase-open = 还在办理，承办单位需要它。
shield-erase-answers = 承办单位写下的办理情况，要留存 { $days } 天备查。
shield-erase-promised = 承诺 { $when } 前办结。
shield-erase-asked = 您在 { $when } 要求删除；还不能删的，到时自动删除。
shield-erase-sure = 我确定要删除
shield-erase-do = 删除
shield-erase-unsure = 没有勾选“我确定要删除”。
shield-erase-unsure-try = 删除以后不能恢复，请先勾选。
shield-erased = 能删的已经删除；其余的到时自动删除，不用再来。
shield-part-contact = 联系方式
shield-part-words = 您写的话
shield-part-photos = 您的照片
shield-part-place = 地点
shield-part-answers = 办理情况

open-do-show-who-saw = 谁看过这件诉求、谁查看过联系方式
open-do-take-own-data = 带走保存的全部内容
open-do-erase-own-data = 删除自己的内容；还不能删的，说明原因和日期

## 导出

desk-column-reporter = 反映人（化名）
desk-column-mark = 导出标记
shield-export-ask = 申请导出
shield-export-lead = 文件离开系统就收不回来。写明用途，由另一个人批准；文件里带有谁、何时、为什么导出的标记，三天后失效。
shield-export-scope = 会导出哪些诉求
shield-export-list = 清单
shield-export-look = 查看这些诉求
shield-export-because = 用途
shield-export-because-hint = 例如：三月份楼道堆物专题分析，会后销毁。
shield-export-form = 文件格式
shield-export-form-csv = CSV
shield-export-form-xlsx = Excel
shield-export-send = 提交申请
shield-exports-title = 导出申请
shield-exports-none = 还没有人申请导出。
shield-export-number = 第 { $number } 号申请
shield-export-for = 用途：{ $because }
shield-export-state-waits = 等待批准
shield-export-state-approved = 已批准
shield-export-state-refused = 未批准
shield-export-state-over = 已失效
shield-export-until = { $when } 前可以下载，已下载 { $count } 次；每次下载都会记录。
shield-export-fetch = 下载
shield-export-words = 意见
shield-export-approve = 批准
shield-export-refuse = 不批准
shield-export-done-asked = 已提交，等另一个人批准。
shield-export-done-decided = 已记录您的意见。
shield-export-purpose = 请用一句话写明用途。
shield-export-purpose-try = 例如：三月份楼道堆物专题分析，会后销毁。
shield-export-decided = 已经有人作出决定。
shield-export-own = 自己的申请由另一个人批准。
shield-export-own-try = 请同岗位的同事，或上一级受理台批准。
shield-export-why-not = 不批准请说明原因。
shield-export-why-not-try = 一句话即可，申请人会看到。
shield-export-not-yours = 文件只能由申请人下载。
shield-export-waits = 还没有批准。
shield-export-waits-try = 批准以后，可以在导出申请里下载。
shield-export-over = 已经失效。
shield-export-over-try = 还需要时，请重新申请。
shield-export-none = 没有这份申请。
shield-watermark = 导出 { $number } 号 · { $unit } { $who } · { $when } · 用途：{ $because } · 不得外传
staff-trace-asked-for-export = 申请导出
staff-trace-approved-export = 批准导出
staff-trace-refused-export = 不批准导出

## 批量查看

shield-alarms-title = 批量查看提醒
shield-alarms-lead = 一小时内打开的诉求或联系方式，远多于经办的数量。只是提醒，不会阻断任何工作；请核实后写明情况。
shield-alarms-none = 没有提醒。
shield-alarm-case = 打开了 { $opened } 件诉求
shield-alarm-contact = 查看了 { $opened } 位反映人的联系方式
shield-alarm-case-list = 翻看了 { $opened } 页诉求列表
shield-alarm-worked = 其中经办 { $count } 件
shield-alarm-opened = 其间打开 { $count } 件
shield-alarm-between = { $since } 至 { $until }
shield-alarm-words = 核实情况
shield-alarm-do = 记录
shield-alarm-answered = 已核实：{ $words }
shield-alarm-without-words = 请写明核实到的情况。
shield-alarm-gone = 这条提醒已有人核实。
shield-alarm-open = 待核实
staff-way-alarms = 查看提醒
staff-trace-answered-alarm = 核实批量查看
staff-trace-case-list = 翻看诉求列表
shield-place-blurred = 涉及隐私，位置只显示到大致范围。确有需要时，说明用途后可与联系方式一起查看，反映人会看到。
shield-export-other-post = 这份清单是用另一个岗位申请的。
shield-export-other-post-try = 请切换到申请时的岗位再下载，或用当前岗位重新申请。
