# 开放接口：例会、补充问题、清单外事务。
open-room-consents = 清单外事务
open-do-answer-questions = 回答事项的补充问题
open-do-decide-on-case = 记下今天例会对一件诉求的决定
open-do-show-questions = 一件诉求还有哪些补充问题没有回答
open-do-show-own-questions = 反映人：还有哪些补充问题没有回答
open-do-answer-own-questions = 反映人：回答补充问题
open-do-show-meeting = 今天的例会：要议的诉求、已作的决定、以往例会
open-do-show-minutes = 某一天例会的纪要
open-do-list-consents = 与本岗位有关的清单外事务
open-do-ask-for-consent = 请网格同意办理一项清单外事务
open-do-answer-consent = 同意或不同意一项清单外事务
open-do-end-consent = 提前结束一项清单外事务
