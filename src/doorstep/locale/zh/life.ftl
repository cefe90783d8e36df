## 诉求的流转

cases-state-new = 未受理
cases-state-reported = 已受理
cases-state-located = 已定位
cases-state-classified = 已分类
cases-state-dispatched = 已派单
cases-state-taken = 办理中
cases-state-done = 已办理，待评价
cases-state-verified = 已评价
cases-state-closed = 已办结
cases-state-merged = 已并入同类诉求
cases-state-withdrawn = 已撤回

cases-move-report = 反映
cases-move-locate = 定位
cases-move-classify = 分类
cases-move-dispatch = 派单
cases-move-take = 接单
cases-move-decline = 退回
cases-move-note = 记录进展
cases-move-do = 办理完成
cases-move-redo = 退回重办
cases-move-verify = 评价
cases-move-close = 办结
cases-move-reopen = 重新打开
cases-move-merge = 合并
cases-move-withdraw = 撤回
cases-move-ask = 请人判断

cases-hat-anyone = 反映人
cases-hat-machine = 系统
cases-hat-reporter = 反映人
cases-hat-holder = 承办单位
cases-hat-desk = 受理台

cases-outcome-solved = 已解决
cases-outcome-explained = 已解释说明
cases-outcome-out-of-scope = 不属受理范围

cases-urgency-critical = 特急
cases-urgency-urgent = 紧急
cases-urgency-ordinary = 一般
cases-urgency-complex = 复杂

cases-move-refused = 现在（{ $state }）不能“{ $move }”。
cases-move-refused-not-now = 请刷新页面，看看现在可以做什么。
cases-move-refused-ask = 这一步由{ $who }来做。
cases-move-needs-words = 请写明情况。
cases-move-needs-words-try = 一句话即可，反映人会看到。
cases-somebody-was-first = 诉求 { $number } 刚刚有了新的进展，您的这一步没有保存。
cases-somebody-was-first-try = 请刷新页面，看过新的进展后再操作。
cases-not-found = 没有找到这件诉求，或它不在您的范围内。
cases-not-found-try = 请核对受理编号。
cases-locate-by-hand = 受理台确认了位置。
cases-classify-by-hand = 受理台确认了事项。
cases-dispatch-by-hand = 受理台指定了承办单位。
cases-place-unknown = 没有编码为 { $code } 的微网格。
cases-place-unknown-try = 请从列表或地图上选择。
cases-item-unknown = 没有名为 { $item } 的事项。
cases-item-unknown-try = 请从列表中选择。
cases-urgency-unknown = 没有这个紧急程度。
cases-unit-unfit = 这个单位不能承办该诉求，或无人在岗。
cases-unit-unfit-try = 请从列表中选择。
cases-off-the-list = “{ $item }”不在网格准入事项清单内，不能派给网格。
cases-off-the-list-try = 请派给社区、镇街或主管部门。
cases-outcome-unknown = 没有这种办理结果。
cases-outcome-unknown-try = 请选择：已解决、已解释说明、不属受理范围。
cases-nothing-to-verify = 还没有人说办理完成。
cases-nothing-to-verify-try = 请等承办单位办理后再评价。
cases-report-empty = 请写一句话，说说是什么事。
cases-report-empty-try = 例如：“3 号楼二单元路灯不亮了”。
cases-report-long = 内容太长，最多 { $most } 个字。
cases-report-long-try = 请先写最要紧的，其余的以后可以补充。
cases-picture-large = 图片太大。
cases-picture-large-try = 请选择 10 MB 以内的照片，也可以不带照片。
cases-picture-unreadable = 这个文件不是我们能读取的图片。
cases-picture-unreadable-try = 请选择 JPEG、PNG 或 WebP 照片，也可以不带照片。
