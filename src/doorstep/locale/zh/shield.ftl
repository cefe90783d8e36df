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
