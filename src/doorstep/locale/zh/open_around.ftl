### 诉求之外程序能做的：负担公示表，消息的接收方。

open-room-burden = 负担公示
open-do-show-burden = 诉求之外向基层要了什么，按月份和要求方
open-do-publish-demand = 在诉求之外提出一项要求
open-do-show-demand = 一项要求的内容
open-do-fill-demand = 填报一项要求
open-do-list-webhooks = 消息的接收方
open-do-list-webhook-kinds = 消息的种类和各自的格式
open-do-make-webhook = 添加接收方，密钥只显示一次
open-do-show-webhook = 一个接收方和它的状态
open-do-change-webhook = 修改接收方
open-do-end-webhook = 停用接收方
open-do-renew-webhook-secret = 更换接收方的密钥，只显示一次
open-do-pause-webhook = 暂停接收方
open-do-let-webhook-go-on = 恢复接收方
open-do-ping-webhook = 向接收方发送测试
open-do-list-deliveries = 发给接收方的消息，最新的在前
open-do-list-attempts = 一条消息的每次投递
open-do-replay-delivery = 把一条消息重新发给接收方
open-do-replay-deliveries = 把某时以来的消息全部重新发给接收方
