### 居民页面：反映、回执、跟进、找回链接、意见箱。

## 首页

resident-home-title = 家门口的事，说一声
resident-home-lead = 路灯不亮、下水堵了、想找人帮忙，写一句话就行。不用注册，不用下载。
resident-home-report = 我要反映
resident-home-follow = 查看办到哪一步
resident-home-follow-text = 打开短信、邮件或回执里的链接即可；链接丢了，凭受理编号重新取得。
resident-home-complain = 意见箱
resident-home-complain-text = 对本平台或工作人员有意见、建议，在这里说，同样有答复。
resident-home-staff = 工作人员登录
resident-home-staff-text = 网格员、受理台、部门和指挥中心。
resident-how-title = 之后会怎样
resident-how-write = 您写一句话
resident-how-write-text = 照片、位置、联系方式都可以不填。
resident-how-sent = 派给该管的单位
resident-how-sent-text = 系统按地点和事项派单，并写明为什么交给它。
resident-how-told = 每一步都能看到
resident-how-told-text = 凭链接查看进展；留了联系方式，会发短信或邮件告诉您。
resident-how-judge = 是否解决由您说
resident-how-judge-text = 没解决就退回重办；办结后 7 天内还可以重新打开。
resident-urgent = 有人正处在危险中，请直接拨打：

## 反映

resident-report-title = 有什么事？
resident-words = 写一句话
resident-words-hint = 什么事、在哪里。例如：“3 号楼二单元路灯不亮了”。请不要写别人的隐私。
resident-where = 在哪里
resident-not-this-door = 不是这里
resident-door-unknown = 这个二维码对应的地点已经停用，或者编码不对。
resident-door-unknown-try = 请在下面用文字写明地点，一样可以反映。
resident-here = 用我现在的位置
resident-here-asking = 正在取得位置……
resident-here-known = 已经取得您的位置。
resident-here-unknown = 没有取得位置，请用文字写明地点。
resident-pinned = 已在地图上标注。
resident-place-words = 地点
resident-place-words-hint = 小区、楼号、路口，怎么说都行。
resident-community = 社区
resident-community-unknown = 不清楚
resident-map = 在地图上标注
resident-photo = 照片
resident-photo-hint = 最多 { $most } 张。照片里的拍摄地点等信息会自动去除。
resident-photo-here = 最多 3 张，没有也可以。照片里的拍摄地点等信息会自动去除。
resident-photos-again = 照片没有保留下来，需要的话请再选一次。
resident-contact = 怎样告诉您进展
resident-contact-hint = 不填也照样办理，凭回执上的链接查看。
resident-email = 电子邮箱
resident-phone = 手机号码
resident-correct = 自己选事项和紧急程度
resident-item = 事项
resident-item-ours = 不用选，按我写的判断
resident-urgency-ours = 不用选，按我写的判断
resident-urgency = 紧急程度
resident-send = 提交
resident-send-hint = 提交后您会得到受理编号和跟进链接。

resident-proposal = 我们的理解
resident-proposal-promise = 现在提交：{ $contact }前有人联系处理，{ $finish }前办结。
resident-proposal-area = 位置在{ $community }，{ $microgrid }。
resident-proposal-door = 地点是{ $community }{ $door }
resident-proposal-door-hint = 不对就取消勾选。
resident-proposal-none = 还看不出是哪一类事，没有关系：受理台会有人看，也可以在下面自己选。
resident-apart = 这看起来是 { $count } 件事
resident-apart-because = （依据：{ $words }）
resident-apart-how = 您想怎样提交？
resident-apart-hint = 分开提交的，每件有自己的受理编号和跟进链接，分别交给能办的人。
resident-apart-one = 作为一件，就按我写的
resident-apart-parts = 分成 { $count } 件，各用各的话
resident-apart-whole = 分成 { $count } 件，每件都附上全部文字
resident-also = 另一件事，单独受理
resident-critical-advice = 这是危急情况。请不要等网上答复，先打电话。

resident-confirm-title = 请看一下对不对
resident-confirm-lead = 还没有提交。不对的地方请改一下，再点“提交”。

## 个人信息

resident-privacy-title = 联系方式用来做什么、保存多久
resident-privacy-purpose = 用途
resident-privacy-purpose-text = 只用来告诉您这件事的进展，以及办理单位需要核实时联系您。不用于其他目的。
resident-privacy-basis = 依据
resident-privacy-basis-text = 您的同意（《个人信息保护法》第十三条第一项）。不填不影响办理。
resident-privacy-who = 谁能看到
resident-privacy-who-text = 办理人员平时只看到一个代称。要看联系方式必须写明理由，并留下记录。
resident-privacy-end = 保存多久
resident-privacy-end-text = 最长 400 天，到期自动删除。
resident-privacy-rights = 您可以
resident-privacy-rights-text = 随时凭跟进链接更改或删除，删除后诉求照样办理。为防止滥用，浏览器里会存一个随机编号，一天后失效，不与您的诉求关联。

## 回执

resident-received-title = 收到了
resident-number = 受理编号
resident-qr = 跟进链接的二维码
resident-link-title = 跟进链接
resident-link-text = 请保存好。有这个链接就能查看和处理这件诉求，不要发给无关的人。
resident-copy = 复制
resident-copied = 已复制
resident-told-there = 每一步进展也会发到您留下的联系方式。
resident-next-title = 接下来
resident-next-place = 确认地点和事项，一般马上完成
resident-next-sent = 交给该管的单位，写明理由和时限
resident-next-done = 办好后问您是否解决，由您说了算
resident-see-case = 查看这件诉求
resident-report-another = 再反映一件

## 跟进

resident-follow-title = 诉求 { $number }
resident-follow-plain = 您反映的事
resident-held-by = 现在由{ $unit }办理。
resident-life = 办理经过
resident-photos = 照片
resident-photo-alt = 照片 { $n }
resident-list-separator = 、
resident-joined = 一并办理的诉求 { $number } 现在：{ $state }。

resident-promise-open = 承诺最迟 { $when } 办结
resident-promise-late-days = 承诺 { $when } 办结，已经超过 { $days } 天
resident-promise-late-hours = 承诺 { $when } 办结，已经超过 { $hours } 小时
resident-promise-ended = 已于 { $when } 结束
resident-promise-done = 承办单位说已经办好，请您看看是否解决
resident-promise-verified = 已经评价，正在办结
resident-promise-none = 正在确认地点和事项，确认后会写明办结时限
resident-promise-merged = 已与 { $number } 合并，一并办理、一并答复

resident-to-come-reported = 确认地点
resident-to-come-located = 确认事项
resident-to-come-classified = 交给该管的单位
resident-to-come-dispatched = 单位接单办理
resident-to-come-taken = 办好，并请您评价
resident-to-come-done = 请您说是否解决
resident-to-come-verified = 办结

resident-step-report = 您反映了这件事
resident-step-locate = 确认了地点
resident-step-classify = 归为“{ $item }”，{ $urgency }
resident-step-dispatch = 交给{ $unit }
resident-step-take = { $unit }开始办理
resident-step-decline = { $unit }认为不该由它承办，派单的受理台会审核；您的承诺时限不变
resident-step-objection-rejected = 审核结果：仍由原单位承办
resident-step-note = 有新的进展
resident-step-note-own = 您补充了情况
resident-step-do-solved = 承办单位说已经办好
resident-step-do-explained = 承办单位作了解释说明
resident-step-do-out-of-scope = 承办单位说明不属受理范围
resident-step-redo = 还没有解决，退回重办
resident-step-verify-confirmed = 您确认已经解决
resident-step-verify-not-solved = 您说还没有解决
resident-step-verify-seen-by-staff = 工作人员到现场看过，确认办好
resident-step-verify-unheard = 没有等到您的回复，按未评价记录
resident-step-close-solved = 办结：已解决
resident-step-close-explained = 办结：已解释说明
resident-step-close-out-of-scope = 办结：不属受理范围
resident-step-reopen = 重新打开，继续办理
resident-step-merge = 与先前的同一件事合并
resident-step-withdraw = 您撤回了这件诉求
resident-step-ask = 请工作人员判断

resident-move-verify = 已经解决
resident-move-redo = 还没有解决
resident-move-redo-send = 退回重办
resident-move-reopen = 又出现了，重新打开
resident-move-reopen-send = 重新打开
resident-move-note = 补充情况
resident-move-note-send = 补充
resident-move-withdraw = 撤回
resident-move-withdraw-send = 确认撤回
resident-still-wrong = 哪里还没有解决？
resident-reopen-until = { $when }前可以重新打开。
resident-note-words = 补充什么？
resident-withdraw-text = 撤回后不再办理。关系大家安全的事，或者还有邻居反映的事，会继续处理，但不再联系您。
resident-contact-title = 联系方式
resident-contact-now = 进展会发到：{ $contact }
resident-contact-none = 没有留联系方式，请凭这个链接查看进展。
resident-contact-change = 更改或留下联系方式
resident-contact-save = 保存
resident-contact-erase = 删除联系方式

resident-done-solved = 谢谢您的评价。
resident-done-not-solved = 已退回承办单位重办，承诺的时限不变。
resident-done-note = 已补充，办理单位会看到。
resident-done-reopen = 已重新打开，原来的承诺时限不变。
resident-done-withdraw = 已按您的意思办理。
resident-done-contact = 联系方式已保存。
resident-done-erase = 联系方式已删除，诉求继续办理。

## 找回链接

resident-find-title = 找回跟进链接
resident-find-lead = 填写受理编号和当时留下的手机号码或邮箱，链接会重新发到那里。为了保护您，这里不显示任何内容。
resident-find-contact = 当时留下的手机号码或邮箱
resident-find-contact-hint = 只会发到与受理编号对得上的那一个。
resident-find-send = 重新发送链接
resident-find-asked = 已受理
resident-find-asked-text = 如果编号和联系方式对得上，几分钟内会收到链接。十分钟内只发一次。
resident-find-none = 当时没有留联系方式？请用浏览器的历史记录找回执，或拿着受理编号到社区受理台。

## 意见箱

resident-complaints-title = 意见箱
resident-complaints-lead = 对本平台、工作人员的意见和建议，都会作为诉求办理：有编号、有时限、有答复。不会交给被反映的人处理。
resident-complaints-about = 关于什么
resident-complaints-words = 您想说的
resident-complaints-send = 提交意见

## 演示：发件箱

resident-outbox-title = 演示发件箱
resident-outbox-lead = 演示没有接邮件和短信服务，这些是本来会发给居民的内容。
resident-outbox-email = 邮件
resident-outbox-sms = 短信
resident-outbox-empty = 还没有要发的
resident-outbox-empty-text = 反映一件事并留下联系方式，几秒钟后就会出现在这里。
