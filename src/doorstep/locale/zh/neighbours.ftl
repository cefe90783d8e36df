### 网格呼叫、党员先到：报过名的邻居，附近有事时问一声；来不来都行。

neighbours-help-look-in = 上门看看、敲敲门
neighbours-help-look-in-hint = 例如老人敲门没人应。只敲门、喊一声，不进屋。
neighbours-help-carry = 搬一搬、送一送
neighbours-help-carry-hint = 搬点东西，送水送饭。
neighbours-help-stop-water = 关总阀、接水堵水
neighbours-help-stop-water-hint = 漏水时先关公共阀门、接水、搬开东西；不碰电和燃气。
neighbours-help-keep-clear = 守一守、提醒绕行
neighbours-help-keep-clear-hint = 站在安全的地方提醒过路人，等专业人员到。
neighbours-help-search = 在附近帮忙找人
neighbours-help-search-hint = 在自己住的这一片看一看、问一问。

## 报名

neighbours-ready-title = 愿意搭把手
neighbours-ready-lead = 报了名，附近有合适的事，会先问您一声。来不来都行，不用说理由；没有时限，不记次数，也不比谁快。
neighbours-field-helps = 愿意帮什么忙
neighbours-field-days = 哪些日子可以问您
neighbours-days-all = 每天
neighbours-days-working = 工作日
neighbours-days-free = 周末和节假日
neighbours-field-from = 几点以后
neighbours-field-until = 几点以前
neighbours-consent-title = 报名意味着什么
neighbours-consent = 只用来在附近有事时问您，依据是您本人同意，一年后自动失效，随时可以取消。名单只有系统知道；您答应去帮忙的那一件，承办的人会看到您的名字和岗位，事情办完就不再保留。
neighbours-ready-send = 同意，报名
neighbours-ready-change = 同意，改成这样
neighbours-ready-until = 您已报名，到 { $day } 为止。
neighbours-ready-end = 取消报名
neighbours-ready-link = 报名搭把手
neighbours-ready-link-own = 我的报名：什么时候问我、问什么
neighbours-told-ready = 已报名。附近有合适的事，会先问您一声。
neighbours-told-taken-back = 已取消报名，登记已删除，不会再问您。
neighbours-told-not-now = 好的，没关系。
neighbours-no-help = 还没有选愿意帮什么忙。
neighbours-no-help-try = 请至少选一样。
neighbours-no-days = 还没有选哪些日子可以问您。
neighbours-no-days-try = 请选一项。
neighbours-no-hours = 时间段不成立。
neighbours-no-hours-try = 请让“几点以后”早于“几点以前”，例如 08:00 到 20:00。
neighbours-no-seat = 这个岗位不能报名。
neighbours-no-seat-try = 报名的是联络员、志愿者、楼栋长和党员中心户本人；请切换到那个岗位，或向社区登记为志愿者。

## 被问到的人

neighbours-notice = 邻里搭把手：{ $help }，在{ $area }附近。能去就说一声，不方便不用管。
neighbours-call-title = 邻里搭把手
neighbours-calls-title = 有人需要搭把手
neighbours-answer-mine = 您说了会去
neighbours-answer-open = 问问您
neighbours-answer-over = 已经不用了
neighbours-until = { $when } 前
neighbours-how-many = { $coming ->
    [0] 需要 { $wanted } 人，还没有人说去。
   *[other] 需要 { $wanted } 人，已有 { $coming } 人说去。
  }
neighbours-i-come = 我去
neighbours-not-now = 现在不方便
neighbours-no-reason = 不方便不用说理由，也不会记下来。
neighbours-thanks = 谢谢您
neighbours-holder = 找{ $unit }的人会合，他们已经知道您会去。
neighbours-with-care = 量力而行，先顾自己的安全。有危险时离开，拨打 110、119 或 120。看到、听到的别人家的事，请不要外传。
neighbours-cannot-after-all = 去不了了
neighbours-call-gone = 这件事已经不用再问您了
neighbours-call-gone-text = 人够了，时间过了，或者事情已经办好。谢谢您。

## 叫邻居的人

neighbours-title = 叫邻居搭把手
neighbours-link = 叫附近报了名的邻居
neighbours-now = 这一次
neighbours-state-open = 正在问
neighbours-state-enough = 人够了
neighbours-state-called-off = 已叫停
neighbours-state-time = 时间到了
neighbours-state-case = 事情已办结
neighbours-who-comes = { $count ->
   *[other] 有 { $count } 人说去
  }
neighbours-nobody-yet = 还没有人说去。没有说去的人是谁，这里不显示。
neighbours-nobody-known = 没有人在来的路上。
neighbours-call-off = 不用再叫了
neighbours-call = 叫人
neighbours-call-lead = 先问本微网格报了名的几位，再问本网格的其他人。他们可以不来，不背时限；这件事仍由承办单位负责。
neighbours-field-help = 帮什么忙
neighbours-field-words = 请他们做什么
neighbours-field-words-hint = 被问到的人都看得到。不写姓名，不写几号几室，不写来报事的人是谁。
neighbours-field-place = 具体到哪里
neighbours-field-place-hint = 只有说“我去”的人看得到。写到够找到就行。
neighbours-field-wanted = 几个人够
neighbours-people = { $count ->
   *[other] { $count } 人
  }
neighbours-field-hours = 叫多久
neighbours-hours = { $count ->
   *[other] { $count } 小时
  }
neighbours-send = 叫他们
neighbours-told-called = 已经问了附近的几位。有人说去，就会显示在下面。
neighbours-told-off = 已经叫停，不再问别人。
neighbours-none-called = 这件事没有叫过邻居。

## 说不行的时候

neighbours-nobody = 附近没有人报名做这件事，或者现在不是他们愿意被打扰的时间。
neighbours-nobody-try = 请自己先到现场，或到“一起办”叫社区、物业来；有危险马上拨打 110、119 或 120。
neighbours-not-this-item = 这类事不叫邻居。
neighbours-not-this-item-try = 请到“一起办”叫有关单位；哪些事项可以叫邻居，由目录规定。
neighbours-not-this-help = 这类事不请邻居做这个。
neighbours-not-this-help-try = 请从列出的几样里选一样。
neighbours-not-this-case = 协办件和不公开的诉求不叫邻居。
neighbours-not-this-case-try = 请由承办单位自己办，或到主办的那件事上叫。
neighbours-not-yours = 叫邻居由承办单位或受理台来叫。
neighbours-not-yours-try = 需要有人来，请在诉求里补充说明，由他们来叫。
neighbours-nowhere = 还不知道在哪个网格，没法叫附近的人。
neighbours-nowhere-try = 请先确定地点。
neighbours-without-words = 没有写请他们做什么。
neighbours-without-words-try = 写一句话，例如“请去敲敲门，看看老人在不在家”。
neighbours-without-place = 没有写具体到哪里。
neighbours-without-place-try = 写到够找到就行，例如“3 号楼 2 单元门口”。
neighbours-too-many = 一次叫 1 到 { $most } 人。
neighbours-too-many-try = 请改少人数；人手不够的事，请到“一起办”叫单位。
neighbours-no-time = 还没有选叫多久。
neighbours-no-time-try = 请从列出的时长里选一个。
neighbours-called-already = 这件事正在叫人。
neighbours-called-already-try = 等有人回应，或先叫停再重新叫。
neighbours-not-called = 现在没有在叫人。
neighbours-not-called-try = 需要时可以再叫一次。
neighbours-not-asked = 这次没有叫到您，或者已经不用了。
neighbours-not-asked-try = 请回到“我的微网格”看看还有没有别的事。
neighbours-file-no-such-help = 没有“{ $value }”这种搭把手的事，或者写了两遍。可以写：{ $known }。

## 流转记录

neighbours-called = 叫了附近报名的邻居来帮忙（{ $help }），{ $wanted } 人就够。承办单位和时限不变。
neighbours-coming = { $count ->
    [0] 说来的邻居来不了了。
   *[other] 有 { $count } 位邻居说会来。
  }
neighbours-nobody-left = 附近报名的邻居都问过了，人还不够。请另想办法。
neighbours-over-enough = 来的人够了，不再问别人。
neighbours-over-called-off = 不用再叫邻居了。
neighbours-over-time = 叫邻居的时间到了，不再问别人。
neighbours-step-called = 叫了附近的邻居来帮忙
neighbours-step-coming = 邻居有了回应
neighbours-step-nobody-left = 附近的邻居都问过了
neighbours-step-over = 不再叫邻居

## 目录与接口

catalogue-place-neighbours = 可以请邻居做什么
neighbours-item-hint = 只选不需要资质、没有危险、不进别人家门的事；一样不选，就不能叫邻居。
open-do-call-neighbours = 叫附近报了名的邻居来帮忙
open-do-call-off-neighbours = 不用再叫邻居
open-do-show-neighbours = 最近一次叫邻居：进行得怎样，几个人来
