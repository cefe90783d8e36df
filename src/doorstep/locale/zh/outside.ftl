### 没有账号的外部单位，凭一条签名链接办理一件事。

## 链接打开的页面

outside-title = 交给您办的一件事
outside-blurred = 这类事不显示具体是哪一家哪一户。需要上门时，请向交办的单位当面问清。
outside-due = 请在 { $when } 前办完
outside-late = 应在 { $when } 前办完，已经超时
outside-answer-by = 请在 { $when } 前先回应一声。
outside-meeting = 约好到场
outside-nothing-to-do = 现在不用您做什么。
outside-waits-for-check = 您已经报了办完，正在等待核实；有补充可以再说一句。
outside-told = 办理经过
outside-from = 谁交给您的
outside-called-by = { $unit }于 { $when } 请您单位协办。
outside-given-by = { $unit }于 { $when } 给出链接
outside-given-when = { $when } 给出链接
outside-good-until = 链接有效期至 { $when }，只能打开这一件，请不要转发给无关的人。
outside-until = 有效期至 { $when }
outside-take = 我们来办
outside-note = 说一声几时到，或补充情况
outside-comes-on = 哪天到
outside-comes-time = 几点
outside-comes = 预计 { $when } 到场。
outside-note-words = 想说的话
outside-note-hint = 只写几时到也可以。
outside-note-send = 发出
outside-do = 办完了
outside-done-words = 做了什么
outside-do-send = 报办完
outside-photo-hint = 不拍也可以。照片里的位置和设备信息会去掉。
outside-decline = 不归我们办
outside-decline-words = 为什么，该由谁办
outside-decline-hint = 受理台会审核；有结果之前仍由您单位办理，时限照常计算。
outside-decline-send = 提出
outside-done-take = 已经记下：由您单位来办。
outside-done-note = 已经转达。
outside-done-do = 已经报办完，等待核实。
outside-done-decline = 已经提出，受理台会审核。

## 打不开的链接

outside-refused = 这个链接不对，可能没有复制完整。
outside-refused-try = 请重新打开收到的链接，或请交办的单位再给一条。
outside-over-expired = 这个链接已经过了有效期。
outside-over-expired-try = 事情还没有办完的，请交办的单位再给一条。
outside-over-withdrawn = 这个链接已经被收回。
outside-over-withdrawn-try = 有疑问请联系交办的单位。
outside-over-replaced = 已经换了新的链接，这一条不能再用。
outside-over-replaced-try = 请打开最近收到的那一条。
outside-over-moved = 这件事已经不在您单位办理。
outside-over-moved-try = 不用再做什么；有疑问请联系交办的单位。
outside-over-ended = 这件事已经结束。
outside-over-ended-try = 不用再做什么，谢谢您。
outside-too-many = 链接不对，并且从这个网络打开错误链接的次数太多了。
outside-too-many-try = 请完整打开消息里的链接，或者约 { $minutes } 分钟后再试。

## 说的话不能用

outside-too-long = 写得太长了，最多 { $most } 个字。
outside-too-long-try = 请缩短到 { $most } 个字以内再发。
outside-comes-past = 到场的时间已经过了。
outside-comes-past-try = 请选今天稍后或最近几天的时间。
outside-comes-far = 到场的时间在 { $days } 天以后，太远了。

## 给出链接的页面

outside-desk-title = 外部处理人的链接
outside-desk-link = 给外部处理人链接
outside-give-title = 给{ $unit }一条链接
outside-give-lead = 收到链接的人不用账号，只能看到这一件：什么事、在哪里、几时办完；可以接手、说几时到、报办完，或说明不归自己办。看不到来报事的人是谁。
outside-field-days = 有效几天
outside-days = { $count } 天
outside-replaces = 给出新的，原来的一条就不能再用。
outside-give = 给出链接
outside-given-title = { $unit }的链接
outside-given-once = 链接只显示这一次：请现在复制，或打印二维码。
outside-given-link = 链接地址
outside-qr = 链接的二维码
outside-links-title = 给出过的链接
outside-link-unopened = 还没有打开
outside-link-opened = 已经打开
outside-link-expired = 已过期
outside-link-withdrawn = 已收回
outside-link-replaced = 已换新
outside-link-moved = 已转走
outside-link-ended = 已结束
outside-opened-when = 第一次打开：{ $when }
outside-withdraw = 收回链接
outside-withdrawn = 链接已经收回，不能再打开。
outside-not-for-links = 承办单位的人自己登录办理，这里不用给链接。
outside-given = 给了{ $unit }一条办理链接，有效期至 { $until }。
outside-taken-back = 收回了给{ $unit }的办理链接。
outside-nobody-has-it = 现在没有单位在办这件事，没有人可以给。
outside-nobody-has-it-try = 先派给一个单位，再给链接。
outside-signs-in = 承办单位的人自己登录办理，不用链接。
outside-signs-in-try = 需要外部单位一起办的，请先“叫几家单位一起办”，再给那一家链接。
outside-days-unknown = 没有这样的有效期。
outside-days-unknown-try = 请选 { $days } 天中的一种。
outside-no-link = 没有这条链接。
outside-no-link-try = 请刷新页面，看看给出过的链接。
outside-withdrawn-before = 这条链接已经不能用了，不必再收回。
outside-withdrawn-before-try = 需要的话，给一条新的。
outside-not-you = 只有受理台、正在承办的单位，或叫它来办的单位，才能给出或收回链接。
outside-not-you-try = 请让其中一家来给。
outside-unit-choice = { $unit }（没有账号，叫来后给一条链接）
outside-unit-works-by-links = 这个单位没有账号和岗位；派给它或叫它协办之后，由受理台给出链接办理。
outside-handler = { $unit }（外部处理人）
open-do-give-outside-link = 给外部处理人一条链接
open-do-list-outside-links = 给出过的链接
open-do-withdraw-outside-link = 收回一条链接
