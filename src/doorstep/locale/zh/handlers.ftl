### 单位怎么联系，给外部处理人的链接怎么送到。

staff-unit-phone = 公开电话
staff-unit-phone-hint = 谁都可以打，会印在门上的通知里。
staff-unit-phone-wrong = 这个公开电话写得不对。
staff-unit-phone-wrong-try = 请写数字，可以带区号、横线和分机，例如 0511-8555 0101 转 2。
staff-unit-duty-phone = 值班手机
staff-unit-duty-hint = 只用来发短信送办理链接；加密保存，只有管单位的人看得到全部，派件的人只看到头尾几位。
staff-unit-duty-email = 值班邮箱

outside-field-send = 怎么交给他
outside-send-nobody = 不发送，我自己转交
outside-send-nobody-hint = 链接只在下一页显示一次
outside-send-sms = 短信发到值班手机 { $to }
outside-send-email = 邮件发到值班邮箱 { $to }
outside-send-other = 发到另一个号码或邮箱，只用这一次
outside-field-to = 号码或邮箱
outside-field-to-hint = 只在上面选了“另一个”时填写。加密保存，以后只显示头尾几位；链接失效后删除。
outside-no-duty = { $unit }还没有值班联系方式；请系统管理员在“单位”里填写，或这一次另填号码。
outside-send-unknown = 没有这种送达方式。
outside-send-unknown-try = 请选一种列出的方式。
outside-send-no-duty = 这个单位没有填值班手机或值班邮箱，发不出去。
outside-send-no-duty-try = 请选“另一个号码或邮箱”，或请系统管理员在“单位”里填写。
outside-send-no-address = 没有填号码或邮箱。
outside-send-no-address-try = 请填一个手机号码或邮箱。
outside-send-not-chosen = 填了号码或邮箱，但没有选发送。
outside-send-not-chosen-try = 请选“发到另一个号码或邮箱”，或把它清空。
outside-sent-short = { $giver }请{ $unit }办理一件事，打开链接即可查看、办理，不用账号，有效期至 { $until }：{ $link }
outside-sent-subject = { $giver }请{ $unit }办理一件事
outside-sent-long =
    { $giver }请{ $unit }办理一件事。

    打开下面的链接，就能看到是什么事、在哪里、请在什么时候前办完，可以接手、说几时到、报办完，或说明不归自己办。不用账号。

    { $link }

    有效期至 { $until }。链接只能打开这一件，请不要转发给无关的人。
outside-sent-to-duty = 值班联系方式
outside-sent-by-sms = 短信
outside-sent-by-email = 邮件
outside-sent-way = { $way }发到 { $to }
outside-sent-waiting = 正在发送
outside-sent-again-at = 没有发出去，{ $when } 再试
outside-sent-sent = 已发出
outside-sent-when = { $when } 发出
outside-sent-failed = 发送失败
outside-sent-unsent = 没有发出
notices-trouble-no-duty = 单位没有填值班联系方式。
outside-sent-stopped = 已停止发送
outside-sending = 正在发到{ $to }。发出与否，看下面“给出过的链接”。
outside-send-again = 再发一次
outside-sent-again = 正在再发一次。
outside-again-over = 这条链接已经不能用了，没有再发。
outside-again-over-try = 需要的话，给一条新的。
outside-again-none = 这条链接没有用短信或邮件发过，无法再发。
outside-again-none-try = 请给一条新的，并选怎么发送。
outside-again-under-way = 这条链接正在发送，没有再发一次。
outside-again-under-way-try = 请过几分钟刷新页面，看看发出了没有。
open-do-send-outside-link-again = 再发一次链接
