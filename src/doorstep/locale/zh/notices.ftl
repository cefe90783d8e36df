### 通知：发给反映人的短信和邮件。

notices-received = 已经收到，工作人员正在看。
notices-asked = 还需要您补充一点情况，请打开链接看看。
notices-dispatched = 已派单。{ $because }
notices-taken = 承办单位已经开始办理。
notices-noted = 有新的进展，请打开链接查看。
notices-done-solved = 承办单位说已经办好。请打开链接，告诉我们是否真的解决了。
notices-done-explained = 承办单位作了解释说明，请打开链接查看。
notices-done-out-of-scope = 承办单位说明此事不在受理范围，请打开链接查看。
notices-redone = 经核实还没有解决，已退回承办单位重办。
notices-closed = 已办结。{ $because }
notices-reopened = 已重新打开，继续办理。
notices-merged = { $because }
notices-link-again = 这是您要的跟进链接。

notices-subject = 诉求 { $number } 有新进展
notices-promise = 承诺最迟 { $when } 办结。
notices-foot = 这封信由系统自动发出，请不要回复。要更改或删除联系方式，请打开上面的链接。如果您没有反映过，请忽略这封信。
notices-long =
    您好：

    您反映的事，受理编号 { $number }：
    { $said }
    { $promise }

    查看和处理：{ $link }

    { $foot }
notices-short = 【家门口】{ $number }：{ $said }{ $link }

notices-trouble-no-server = 没有配置邮件服务器或短信网关
notices-trouble-no-address = 反映人已经删除联系方式
notices-trouble-unreachable = 连不上邮件服务器或短信网关
notices-trouble-refused = 对方拒收（{ $code }）
notices-trouble-address = 地址不对
notices-trouble-ours = 系统没能写出这封信
notices-contact-missing = 请填写当时留下的手机号码或邮箱。
notices-contact-missing-try = 只凭受理编号不能取得链接，这是为了保护您。

## 给受理台的通知
notices-plan-waits = { $community }的第 { NUMBER($number, useGrouping: 0) } 号划分方案等您审批
notices-staff-short = 【家门口】{ $said }：{ $link }
notices-staff-long =
    您好：

    { $said }。请登录后查看方案和报告，批准或者写明理由退回：

    { $link }

    这封信由系统自动发出，请不要回复。
