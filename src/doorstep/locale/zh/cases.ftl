### 诉求：规则给出的理由、提问与答复。

## 危急情况：先说该打哪个电话

cases-danger-fire = 如果现在着火，请立即拨打 { $dial }，先到安全的地方再联系我们。不要乘电梯。
cases-danger-stove = 灶上的火没人看着很危险，请立即拨打 { $dial }。能关燃气总阀的，先关总阀。
cases-danger-gas = 请不要开关电器、不要动火，打开门窗后到室外，再拨打 { $dial } 或燃气公司抢修电话。
cases-danger-electric-shock = 请不要直接触碰触电的人，先切断电源，并立即拨打 { $dial }。
cases-danger-injured = 有人受伤或突发疾病，请立即拨打 { $dial }，按电话里的指导施救。
cases-danger-drowning = 请立即拨打 { $dial }，大声呼救，用竹竿、绳索或救生圈施救，不要贸然下水。
cases-danger-violence = 请先保护好自己，立即拨打 { $dial } 报警。不要上前劝阻。
cases-danger-despair = 请立即拨打 { $dial }，留在他身边陪着他。心里难受时也可以随时拨打 12356 心理援助热线。
cases-danger-trapped = 被困时请不要扒门，按紧急呼叫按钮，并立即拨打 { $dial }。
cases-danger-feared = 如果危险正在发生，请不要等我们，立即拨打 { $dial }。

## 定位：在哪个微网格

cases-locate-door-code = 您扫描的楼门二维码就在这个微网格。
cases-locate-chosen-door = 您选择的楼门在这个微网格。
cases-locate-pin = 您在地图上标注的位置在这个微网格。
cases-locate-address = 您填写的地址在这个微网格。
cases-locate-agree = 您给出的几处位置信息一致，都在这个微网格。

## 分类

cases-classify-danger = 您提到“{ $word }”，按危急情况处理。
cases-classify-chosen = 按您选择的事项办理。
cases-classify-words = 根据您写的“{ $words }”归类，把握约 { $percent }%。如不对，可以更正。

## 派单：为什么交给这个单位

cases-dispatch-on-call = 情况危急，交由此刻值班的{ $unit }立即处理。
cases-dispatch-grid-team = 此事在网格准入清单内，由负责您所在网格的{ $unit }就近处理。
cases-dispatch-property-company = 此事属于小区物业的服务范围，交由{ $unit }处理。
cases-dispatch-community-desk = 此事由您所在社区受理，交由{ $unit }处理。
cases-dispatch-standing-in = 这里没有物业公司，由{ $unit }兜底：先处置，再组织业主商量谁来修、谁出钱。
cases-dispatch-department = 此事依职责由专业部门办理，直接交由{ $unit }，不再下派社区。
cases-dispatch-subdistrict = 附近没有可直接承办的单位，由{ $unit }牵头办理。
cases-dispatch-legal-lawsuit = 此事应由人民法院依法裁判，社区和部门无权决定。可到法院诉讼服务中心立案，需要帮助请拨打 12348 法律援助热线。
cases-dispatch-legal-petition = 此事属于信访事项，由信访部门依法受理。可通过国家信访局网站或当地信访接待场所提出，并会收到书面答复。
cases-dispatch-legal-review = 对行政决定不服的，可以在知道该决定之日起六十日内申请行政复议。行政复议机构不收取费用。
cases-dispatch-legal-labour = 此事应通过劳动保障监察或劳动人事争议仲裁解决。可拨打 12333，仲裁不收取费用。

## 时限

cases-extend-once = 承诺时限只能延长一次，这件诉求已经延长过。
cases-extend-once-try = 请按现有时限办结，或向居民说明卡在哪里。
cases-extend-too-late = 承诺时限已到，不能再延长。
cases-extend-too-late-try = 请立即联系居民，说明情况和下一步安排。
cases-extend-too-long = 延长最多 { $most } 个工作日。
cases-extend-told = 这件事需要更多时间，办理期限延长 { $days } 个工作日，只延长这一次。

## 退单

cases-decline-sent-on = 承办单位说明了理由，这件诉求将重新派单。
cases-decline-to-arbitration = 已是第二次提出异议，交由上级裁定。
cases-decline-arbitrated = 上级已裁定由本单位承办，不能再退。
cases-decline-arbitrated-try = 请先行办理；对裁定有意见可另行书面反映。
cases-decline-without-reason = 退单需要写明理由和依据。
cases-decline-without-reason-try = 请写明依据哪条规定不属于本单位，以及应当由谁承办。
cases-decline-critical = 危急情况不能退单。
cases-decline-critical-try = 请先处置，同时呼叫其他单位支援。
cases-decline-too-late = 提出异议的 { $days } 个工作日期限已过。
cases-decline-too-late-try = 请继续办理；需要帮助时可以吹哨，请其他单位协同。

## 核实

cases-verify-confirmed = 反映人确认已经解决。
cases-verify-not-solved = 反映人表示还没有解决，退回承办单位继续办理。
cases-verify-seen-by-staff = 反映人没有回复，承办单位以外的工作人员到现场看过，确认已经办好。
cases-verify-unheard = { $days } 天内没有收到反映人的回复。没有回复不等于满意，按未评价记录。

## 办结

cases-close-solved = 已经解决，并得到反映人确认。
cases-close-solved-unheard = 承办单位已经办好，反映人没有回复。
cases-close-explained = 此事目前无法办到，已经说明原因和可以走的途径。
cases-close-out-of-scope = 此事不在受理范围内，已经告知应当找谁。
cases-close-not-solved = 反映人表示还没有解决，不能办结。
cases-close-not-solved-try = 请先继续办理，再请反映人确认。
cases-close-nothing-done = 还没有办理记录，不能按“已解决”办结。
cases-close-nothing-done-try = 请先由承办单位办理，或改为“已解释”并说明原因。
cases-close-without-words = 需要向居民说明原因和下一步可以怎么办。
cases-close-without-words-try = 请写一两句居民看得懂、用得上的话。

## 重新办理

cases-reopen-accepted = 问题还没有解决或再次出现，重新办理。原来的承诺时限不变。
cases-reopen-too-late = 办结已超过 { $days } 天，不能重新办理。
cases-reopen-too-late-try = 请重新反映，写上原来的受理编号，我们会一并查看。
cases-reopen-without-words = 请写一句哪里还没有解决。

## 撤回

cases-withdraw-accepted = 已按您的意思撤回，不再办理。
cases-withdraw-others-asked = 您已退出。另有 { $count } 位邻居也反映了此事，我们会继续办理。
cases-withdraw-danger-stays = 您已退出，不会再联系您。此事关系大家的安全，我们会继续处理。

## 合并

cases-merge-accepted = 此事与 { $number } 是同一件事，合并办理，一并答复。
cases-merge-near = 同类事项，相距约 { $metres } 米。
cases-merge-same-words = 同类事项，说法相近。
cases-merge-itself = 不能与自己合并。
cases-merge-elsewhere = 两件诉求不在同一个社区，不能合并。
cases-merge-ended = { $number } 已经结束，不能并入。
cases-merge-ended-try = 如果问题再次出现，请重新办理原来的诉求，或单独办理这一件。
cases-merge-sensitive = 涉及个人隐私的诉求不合并，各自办理。
cases-merge-later = { $number } 反映得更晚。应把后来的并入先前的，先前的承诺时限才不会改变。
cases-merge-later-try = 请反过来合并。

## 等人回答的问题

cases-question-where = 这件事在哪里？请确认所在的微网格。
cases-question-which-class = 这是哪一类事项？请选择事项和紧急程度。
cases-question-which-unit = 应当由谁承办？请选定承办单位。
cases-question-arbitrate = 两次派单都有异议，请裁定由谁承办。
cases-question-is-it-done = 是否已经办好？请核实。
cases-question-tell-us-more = 还需要您补充一点情况。
cases-question-rule-failed = 系统没能自动处理这一步，请人工办理。

## 受理编号与称呼

cases-number-wrong-shape = 这不像是受理编号。
cases-number-wrong-shape-try = 受理编号共十四位数字，例如 261121-000042-21。
cases-number-slip = 受理编号里可能有一位数字写错了。
cases-number-slip-try = 请对照短信、邮件或回执再输入一次。
cases-pseudonym = { $plant }{ $number } 号
cases-pseudonym-plant-0 = 海棠
cases-pseudonym-plant-1 = 玉兰
cases-pseudonym-plant-2 = 桂花
cases-pseudonym-plant-3 = 银杏
cases-pseudonym-plant-4 = 香樟
cases-pseudonym-plant-5 = 石榴
cases-pseudonym-plant-6 = 茉莉
cases-pseudonym-plant-7 = 芍药
cases-pseudonym-plant-8 = 紫藤
cases-pseudonym-plant-9 = 梧桐
cases-pseudonym-plant-10 = 枇杷
cases-pseudonym-plant-11 = 山茶
cases-pseudonym-plant-12 = 杜鹃
cases-pseudonym-plant-13 = 栀子
cases-pseudonym-plant-14 = 月季
cases-pseudonym-plant-15 = 木槿
cases-pseudonym-plant-16 = 腊梅
cases-pseudonym-plant-17 = 合欢
cases-pseudonym-plant-18 = 丁香
cases-pseudonym-plant-19 = 连翘
cases-pseudonym-plant-20 = 迎春
cases-pseudonym-plant-21 = 忍冬
cases-pseudonym-plant-22 = 鸢尾
cases-pseudonym-plant-23 = 青松

## 查找与查看

cases-search-short = 要找的词太短。
cases-search-short-try = 请至少输入两个字。
cases-purpose-missing = 查看联系方式需要写明用途。
cases-purpose-missing-try = 例如：约定上门时间。
