### 户主不在、联系不上：怎么办，办到哪一步，不会没有下文。

absent-title = 户主联系不上
absent-link = 户主联系不上：怎么办
absent-order = 办理顺序
absent-done = 已做
absent-next = 下一步
absent-record = 记下做了什么
absent-record-lead = 每记一步，反映人都会知道做了什么，不会知道户主是谁。
absent-send = 记下
absent-field-how = 怎么做的
absent-field-basis = 依据哪一条
absent-field-police = 民警在场，并已说明依据
absent-field-when = 什么时候
absent-field-words = 备注
absent-field-words-hint = 只有办这件事的人看得到。不写户主姓名和电话。
absent-review = 定下复查日期
absent-field-days = 几个工作日后复查
absent-field-days-hint = 最多 { $most } 个工作日。到期自动恢复计时并提醒上一级；户主找到了会马上恢复。
absent-review-send = 等到那一天
absent-waits = 正在等户主回应，{ $when } 复查；到时仍联系不上，会提醒上一级。
absent-used-up = 可以等的天数已经用完。请继续想办法，或说明原因转给上一级。
absent-danger-title = 有危险，不能等
absent-danger = 有人受困、煤气泄漏、起火、大量漏水时，先拨 119、110 或燃气抢修电话；公共部位的水、电、气阀门先关。进入住宅须由民警在场并说明法律依据。
absent-told-page-step = 已记下，反映人会收到通知。
absent-told-page-wait = 已定下复查日期，反映人会收到通知。
absent-not-holder = 只有承办单位记这些步骤。
absent-not-holder-try = 请由承办单位操作；受理台可以在诉求页面补充说明。

## 每一步

absent-step-tried = 上门、打电话找户主
absent-hint-tried = 换一天、换个时间再试一次；紧急时试一次就往下走。
absent-step-asked = 托人联系
absent-hint-asked = 请邻居、社区、物业或租住的人转告户主；不向邻居打听户主的私事。
absent-step-secured = 先排除紧急危险
absent-hint-secured = 只动公共部位：关总阀、断公共电源、拦出安全距离。依据：民法典第一百八十二条（紧急避险）。
absent-step-notice = 在门上留通知
absent-hint-notice = 打印出来贴在门上，只写请联系谁，不写是什么事。
absent-step-entered = 与民警一起进入
absent-hint-entered = 只为救人或排除正在发生的危险，民警在场，说明依据，全程由民警主持。其他情况一律不进。
absent-step-found = 找到户主了
absent-hint-found = 联系上以后，这一段就结束，按平常的办法继续办。

absent-how-knocked = 上门敲门
absent-how-rang = 按门铃、对讲
absent-how-called = 请社区、物业按留存的号码打过电话
absent-how-neighbours = 托邻居转告
absent-how-community = 托社区按登记联系
absent-how-property = 托物业联系
absent-how-tenant = 托租住的人转告
absent-how-water = 关了公共水阀
absent-how-power = 断了公共部位的电源
absent-how-gas = 请燃气公司关了阀门
absent-how-fenced = 拦起来并贴了提醒
absent-how-door = 贴在门上
absent-how-met = 见到了本人
absent-how-reached = 电话联系上了
absent-how-key = 户主托人来开门
absent-basis-rescue = 人民警察法第二十一条：公民人身、财产安全受到侵犯或者处于其他危难情形，立即救助
absent-basis-necessity = 民法典第一百八十二条：紧急避险
absent-basis-fire = 消防法第四十五条：火灾现场的处置
absent-basis-court = 人民法院的生效裁判或强制执行
absent-first-try = 先上门或打电话试一次。
absent-first-ask = 先试满 { $tries } 天，并托人联系过。
absent-first-both = 先试过，也托人联系过。
absent-no-danger = 只用于紧急、特急的诉求。
absent-not-looked-for = 还没有开始找户主。
absent-no-step = 没有这一步。
absent-no-step-try = 请从列出的步骤里选一步。
absent-no-how = 没有说怎么做的。
absent-no-how-try = 请从列出的做法里选一项。
absent-not-yet-try = 请先做前面的一步；有人有危险时拨 110、119。
absent-without-police = 没有民警在场，不能进入别人的住宅。
absent-without-police-try = 请拨 110，由民警到场说明依据后再进入。
absent-no-wait = 还没有试过、托人联系过并在门上留通知，不能停下来等户主。
absent-no-wait-try = 请在“户主联系不上”页面按顺序做完再定复查日期。
absent-resume-found = 户主找到了，恢复计时。

## 反映人看到的

absent-told-tried = 试着联系户主：{ $how }，没有回应。
absent-told-asked = 托人联系户主：{ $how }。
absent-told-secured = 先排除了紧急危险：{ $how }。
absent-told-notice = 在门上留了通知，请户主尽快联系。
absent-told-entered = 在民警在场的情况下进入，排除危险。依据：{ $basis }。
absent-told-found = 已经联系上户主（{ $how }），继续办理。
notices-absent = 您反映的事有新进展：{ $because }
clocks-reason-owner-absent = 户主联系不上，等到复查日期
clocks-press-absent = 户主仍联系不上，提醒上一级一起想办法。

## 门上的通知

absent-notice-link = 打印门上的通知
absent-notice-print = 打印
absent-notice-title = 请您联系我们
absent-notice-to = 这户的业主或住户：
absent-notice-text = 我们来过，没有遇到您。有一件与这处房屋有关的事需要您知道，或者需要您配合。
absent-notice-how = 请尽快联系下面的单位，说出编号 { $number } 即可。也可以到社区来，不需要带任何材料。
absent-notice-entry = 没有您的同意，我们不会进入您的家；只有在救人或排除正在发生的危险时，才会由民警依法进入并告知您。
absent-notice-from = 单位
absent-notice-day = 日期
absent-notice-phone = 电话
absent-notice-shield = 通知上不写是什么事，也不写是谁反映的。

## 接口

open-do-record-absent-owner = 户主联系不上：记下做了哪一步
open-do-show-absent-owner = 户主联系不上：办到哪一步，下一步做什么
