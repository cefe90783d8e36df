### 驿站窗口：替来的人登记

counter-title = 窗口登记
counter-lead = 来的人说，您来写；写完把编号和二维码交给他。
counter-words = 来的人说了什么
counter-who = 替谁反映
counter-why = 为什么代办
counter-not-said = 没有说
counter-for-self = 本人到场，代为登记
counter-for-family = 替家里人反映
counter-for-neighbour = 替邻居反映
counter-for-other = 替别人反映
counter-why-no-phone = 没有手机或不会用
counter-why-hard-to-write = 写字、看字不方便
counter-why-cannot-come = 本人来不了
counter-why-other = 其他原因
counter-because = { $who }：{ $why }。
counter-contact = 留不留都可以；留了手机号，进展会发短信。
counter-send = 登记，出编号
counter-done = 登记好了
counter-scan = 用手机扫码，随时看办到哪一步、由谁在办。
counter-told = 有进展会按留下的联系方式告知。
counter-next = 下一位
counter-print = 打印小票
counter-once = 二维码就是来人的跟进凭证，请交给本人；离开本页后不再显示。
